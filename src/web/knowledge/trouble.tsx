import { words } from './words.ts'

/** Why something was not done. */
export const Trouble = ({ code }: { readonly code: string | undefined }) =>
  code === undefined ? null : (
    <p className="trouble" role="alert">
      {words.refusal(code)}
    </p>
  )
