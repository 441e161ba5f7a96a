import type { XmlElement } from './xml.ts'

/**
 * What is wrong with a document by an XML Schema; empty if nothing is. Knows what schemas of reports are made of: global elements, types with
 * attributes and mixed content, sequences and choices with numbers of times, and patterns of strings.
 */
export function xsdProblems(schema: XmlElement, document: XmlElement): readonly string[] {
  const global = (kind: string, name: string): XmlElement | undefined =>
    elementsOf(schema).find((element) => element.name === `xs:${kind}` && element.attributes['name'] === name)

  const problemsOf = (element: XmlElement, declaration: XmlElement | undefined, place: string): readonly string[] => {
    const at = `${place}/${element.name}`
    if (declaration === undefined) return [`${at}: no such element`]
    const named = declaration.attributes['type'] ?? ''
    const type = elementsOf(declaration).find(({ name }) => name === 'xs:complexType') ?? global('complexType', named)
    const children = elementsOf(element)
    if (type === undefined) return children.length === 0 ? [] : [`${at}: only text`]
    const parts = elementsOf(type)
    const attributes = parts.filter(({ name }) => name === 'xs:attribute')
    const particles = parts.filter(({ name }) => name === 'xs:sequence' || name === 'xs:choice')
    const order = new RegExp(`^${particles.map(particlePattern).join('')}$`)
    const texts = element.children.filter((child) => typeof child === 'string' && child.trim() !== '')
    return [
      ...Object.entries(element.attributes).flatMap(([name, value]) => {
        const attribute = attributes.find((candidate) => candidate.attributes['name'] === name)
        if (attribute === undefined) return [`${at}: no attribute ${name}`]
        const simple = global('simpleType', attribute.attributes['type'] ?? '')
        const pattern = simple === undefined ? undefined : elementsOf(elementsOf(simple)[0] ?? simple)[0]
        return pattern === undefined || new RegExp(`^(?:${pattern.attributes['value']})$`).test(value)
          ? []
          : [`${at}: ${name}="${value}"`]
      }),
      ...attributes
        .filter(({ attributes }) => attributes['use'] === 'required')
        .flatMap(({ attributes: { name = '' } }) => (name in element.attributes ? [] : [`${at}: lacks ${name}`])),
      ...(order.test(children.map(({ name }) => `${name};`).join('')) ? [] : [`${at}: wrong children`]),
      ...(texts.length > 0 && type.attributes['mixed'] !== 'true' ? [`${at}: text`] : []),
      ...children.flatMap((child) => problemsOf(child, global('element', child.name), at)),
    ]
  }
  return problemsOf(document, global('element', document.name), '')
}

function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** A regular expression for the names of children, each with `;` behind it. */
function particlePattern(particle: XmlElement): string {
  const { ref, name, minOccurs = '1', maxOccurs = '1' } = particle.attributes
  const times = `{${minOccurs},${maxOccurs === 'unbounded' ? '' : maxOccurs}}`
  const inner = elementsOf(particle).map(particlePattern)
  const body = particle.name === 'xs:element' ? `${ref ?? name};` : inner.join(particle.name === 'xs:choice' ? '|' : '')
  return `(?:${body})${times}`
}
