package acceptance

import (
	"regexp"
	"testing"
)

// TestTranslate compares expressions with what they are translated to, both read as
// RE2; that JavaScript reads the translation alike is for the host's tests.
func TestTranslate(t *testing.T) {
	texts := []string{"", "a", "aa", "A", "ab", "a b", "a\nb", "a.b", "a-b", "a]b", "a^b", "a\\b", "0", "é", "\U0001F600", "\r", "\u2028", "_", "K", "\u212A", "x/y", "$", "{", "1a2", "abcabc", "reg.example/a-1:2.3"}
	for _, expression := range []string{
		"", "a", "^a$", `\.`, `a.b`, `[^a]`, `[a-z]+`, `\w`, `\W`, `\d`, `\s`, `\S+$`, `(?i)k`, `(?i)aB`, `(?s)a.b`, `[\]^-]`, `[\\^$.|?*+()/-]`, `a|b`, `(a|b)c?`, `(?:abc){2}`, `^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`,
		`\x41`, `[^\x00-\x1f]`, `é+`, `[à-ü]`, `\{`, `\Aab\z`, `^reg\.example/[a-z0-9/-]+:[0-9]+\.[0-9]+$`, `x*?`, `(?P<n>a)b`, `/`, `[[:alpha:]]`, `^$`, `a{2,}`, `\Qa.b\E`,
	} {
		p, ok := translate(expression)
		if !ok {
			t.Errorf("%s is not translated", expression)
			continue
		}
		before, after := regexp.MustCompile(expression), regexp.MustCompile(p.text)
		for _, text := range texts {
			if before.MatchString(text) != after.MatchString(text) {
				t.Errorf("%q: %s says %v, %s does not", text, expression, before.MatchString(text), p.text)
			}
		}
	}
	for _, expression := range []string{
		`^(a+)+$`, `(a|aa)+`, `(ab|ba)*c`, `\pL`, `(a?)*`, `\b`, `\B`, `(?m)^a$`, `a?a?a?a?a?a?a?a?a?a?a?a?a?a?b`, `.*.*.*.*.*x`, `((a{0,30}){0,30}){0,30}`, `a{0,99}b{0,99}c{0,99}`, "[\uFFF0-\uFFFF]", "\uFFFD", `(?:)*`, `(`,
	} {
		if p, ok := translate(expression); ok {
			t.Errorf("%s is translated to %s", expression, p.text)
		}
	}
}
