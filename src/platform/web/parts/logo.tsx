/** Our own mark: a tenon (below) seated in its mortise (above). The same drawing is `public/favicon.svg`. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path class="mortise" d="M4 3h24a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-5.5V9.5h-13V17H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z" />
      <path class="tenon" d="M11.5 11.5h9V19H28a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1h7.5z" />
    </svg>
  )
}
