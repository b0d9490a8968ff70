/** Where a listing lies on the desk; the kind that the operator works through stays chosen. */
export function casePath(id: string, kind: 'demand' | 'offering' | null): string {
  return `/desk/vetting/${id}${kind === null ? '' : `?kind=${kind}`}`
}
