import type { Cli } from './cli.ts'
import type { Client } from './client.ts'

type Acting = Pick<Client, 'post' | 'remove'>

/** By somebody who signs in for it, and out again: the token says of nobody who they are. */
export async function signedIn<Done>(
  cli: Cli,
  name: string,
  work: (hotline: Acting) => Promise<Done>,
): Promise<Done> {
  const password = await cli.readSecret(cli.words.surveys.passwordOf(name))
  return cli.hotline.signedIn(name, password, () => cli.readSecret(cli.words.staff.askCode), work)
}

/** By whoever is named, or by the token of this installation, which does it only until there is an administrator. */
export const asAdmin = <Done>(
  cli: Cli,
  { as }: { readonly as?: string },
  work: (hotline: Acting) => Promise<Done>,
): Promise<Done> => (as === undefined ? work(cli.hotline) : signedIn(cli, as, work))
