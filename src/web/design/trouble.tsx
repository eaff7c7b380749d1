/** What went wrong, said at once to whoever listens; nothing where nothing did. */
export function Trouble({ text }: { readonly text: string | undefined }) {
  if (text === undefined || text === '') return null
  return (
    <p className="trouble" role="alert">
      {text}
    </p>
  )
}
