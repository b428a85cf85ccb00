/** The checklist R19 to R31 that must be whole before a supported move is booked (360dialog R50). */

export const isOfChecklist = (requirement: string | null): boolean => {
  const row = Number(/^R(\d+)$/.exec(requirement ?? '')?.[1] ?? 0);
  return row >= 19 && row <= 31;
};
