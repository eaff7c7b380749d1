/** What the page says to its sound thread. */
export type ToSound =
  /** 20 ms of A-law to be heard. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'clear' }
  | { readonly kind: 'mute'; readonly on: boolean }
  | { readonly kind: 'over' }

export type FromSound =
  /** 20 ms as the line wants them, with their time. `level`: root mean square, 0 to 1. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly level: number }
  | { readonly kind: 'heard'; readonly mark: string }
