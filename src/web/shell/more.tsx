import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'

/** Links that a button shows and hides: by a press, Escape, or when the keyboard goes on elsewhere. */
export function More({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    setOpen(false)
    button.current?.focus()
  }
  const leave = (event: FocusEvent) => {
    // A press on nothing that takes the focus leaves it nowhere: what is open closes then, too.
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears of the keys of the button and the links in it
    <div className="more-pages" onKeyDown={close} onBlur={leave}>
      <button
        ref={button}
        type="button"
        className="more-button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {name} <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
      </button>
      {isOpen && <ul>{children}</ul>}
    </div>
  )
}
