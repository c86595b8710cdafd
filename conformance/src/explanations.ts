/** Why servers read the same bytes differently: one entry per kind of difference, written by hand. */
export interface DifferenceGroup {
  readonly title: string;
  /** Ids of vectors; the first group that matches one explains it. */
  readonly ids: RegExp;
  readonly reason: string;
  /** The rule that asks us to accept what two or more peers refuse. */
  readonly required?: string;
}

const GROUPS: readonly DifferenceGroup[] = [];

/** The group that explains the vector `id`. */
export function groupOf(id: string): DifferenceGroup | undefined {
  return GROUPS.find(({ ids }) => ids.test(id));
}
