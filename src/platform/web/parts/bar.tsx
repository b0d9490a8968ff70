/** A share of one as a bar. What it says stands in its label and in the table beside it. */
export function Bar({ share, label }: { share: number; label: string }) {
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="track" width="100" height="8" />
      <rect class="filled" width={(share * 100).toFixed(1)} height="8" />
    </svg>
  )
}
