/**
 * What an eye cannot see, or what changes how its neighbours are shown: control characters, unpaired surrogates,
 * soft hyphen, zero-width space and no-break space, bidirectional controls, line and paragraph separators,
 * interlinear annotation. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
 */
const INVISIBLE = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * A file name as text that shows every character it has: U+000A becomes `‹U+000A›`. (The pictures that Unicode has
 * for control characters are missing from many fonts.) The result still has to be escaped for where it stands.
 */
export function visibleName(name: string): string {
  return name.replace(INVISIBLE, spellOut);
}

function spellOut(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `‹U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}›`;
}
