import type { Child, JSX } from 'hono/jsx'

interface Look {
  /** `plain` stands beside something that matters more. */
  tone?: 'main' | 'plain'
  /** Ends a form. */
  isLarge?: boolean
  children?: Child
}

const classOf = ({ tone, isLarge }: Look) => `button${tone === 'plain' ? ' plain' : ''}${isLarge ? ' large' : ''}`

/** Does something: sends the form that it stands in. */
export function Button({ tone, isLarge, children, ...attributes }: Look & Omit<JSX.IntrinsicElements['button'], 'class' | 'type'>) {
  return (
    <button type="submit" class={classOf({ tone, isLarge })} {...attributes}>
      {children}
    </button>
  )
}

/** Leads somewhere, and looks like what one does next. */
export function ButtonLink({ tone, isLarge, children, ...attributes }: Look & Omit<JSX.IntrinsicElements['a'], 'class'>) {
  return (
    <a class={classOf({ tone, isLarge })} {...attributes}>
      {children}
    </a>
  )
}

/** Buttons side by side, some of them in a form of their own: those may not stand in a paragraph. */
export function Actions({ children }: { children?: Child }) {
  return <div class="actions">{children}</div>
}
