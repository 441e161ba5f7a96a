// Package separable finds, from the text of fragments alone, the entities whose
// constraints read nothing of the tree but the entity itself: members of maps and
// elements of lists that fragments constrain by patterns. Such entities can be
// checked one by one.
//
// # What is separable
//
// A pattern is separable if
//   - its collection, and everything above, is said by plain fields: structs, `&`,
//     references to definitions; no union, loop, condition, computed label,
//     validator or closed struct that refuses some labels;
//   - what is said of entities, through definitions, helpers, `let`, imports and
//     by name, reads the entity itself, its label, constants, and of #observed
//     anything (Reads, where that lies outside the entity's own place); and it calls
//     `close` of nothing that holds a condition;
//   - nothing else reads the collection, an entity, or what is above them: through
//     #observed anybody may read maps, but not lists, since positions change;
//   - fragments name entities only where they can be left out, and no entity of a
//     list at all;
//   - who speaks of all entities may do so, where teams have limits.
//
// Of patterns inside one another the inner is taken where an outer entity is
// nothing but the maps that hold the inner ones, and the inner can be divided.
//
// # When checks in parts are equal to the check of the whole
//
// Take fragments D, a state O and the separable patterns of D. A part is some
// entities K; its check is that of D with Restriction{Patterns, Keep: K} and of O
// without all entities that are not in K. Then the findings of the whole are the
// findings of each part at and below its own K, and the findings of any one part
// elsewhere, if for every pattern in Restriction.Patterns:
//
//  1. Each of its collections in O is a map (or a list, as List says), and stands
//     in every part, with no members if need be. Named entities whose collection is
//     not in O, or is not divided, are in Keep of every part.
//  2. Coverage is uniform: a collection and everything below it is covered, and
//     nothing there is refused. Coverage is given to every part as it is.
//  3. Nothing at or above a collection is masked or contested. What is masked or
//     contested elsewhere is given to every part, for all maps: the evaluator puts
//     what lies in entities left out beside the tree. In lists only what lies in K
//     is given, at the positions of the part.
//  4. If any text holds #observed, Observed.Context is O in every part, but that what
//     is left out of the state may be left out of it, too, unless it is read: by the
//     Reads of a pattern, or by what is not said of separable entities (see Scan).
//  5. No label of a collection, nor of an entity in a map, begins with `_` or `#`, or is `[]`.
//  6. Drift is asked for in all parts or in none.
//  7. No part answers with a finding of kind `unreadable`, nor with one about an entity
//     that is not in its K. The evaluator answers `unreadable` where it notices that
//     entities are tied together after all: fragments conflict where entities are; a
//     condition or a computed value fails because of what others read of #observed; CUE
//     does not say where something fails; many rounds are needed; something is found at
//     or above a collection; a message names a position in a list. Then the whole is to be asked about.
//
// Positions in lists are those of the part, in Path, At, Reads and Alternatives.
// Notes of a part are empty and its digest is that of the whole.
//
// A named entity that is Undecidable may hold a mistake that only compiling it
// finds, or may be what its team must not speak of: it is in the K of some part,
// unless its findings are known from a check of the same fragments.
package separable
