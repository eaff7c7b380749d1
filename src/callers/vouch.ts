import { type Contact, dialable } from './contact.ts'

/** What can vouch for a number: that it rang us, or that its owner was verified. */
export type Vouchers = {
  hasRung(number: string): Promise<boolean>
  isVerified(number: string): Promise<boolean>
}

/** Nobody chooses whom we ring: a number may be rung only because it rang us, or was verified. */
export async function vouchFor(number: string, known: Vouchers): Promise<Contact> {
  if (await known.hasRung(number)) return { mode: 'voice', number: dialable(number, 'rang-us') }
  return (await known.isVerified(number))
    ? { mode: 'voice', number: dialable(number, 'was-verified') }
    : { mode: 'unverified', number }
}
