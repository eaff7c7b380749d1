import { run } from '../../src/cli/run.ts'

/** One command line, run in this process, with all that it printed. */
export async function type(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  input = '',
) {
  let out = ''
  let err = ''
  const code = await run(args, {
    env,
    write: text => {
      out += text
    },
    complain: text => {
      err += text
    },
    readInput: async () => input,
    async *typed() {
      yield* input
    },
    readSecret: async () => input.split('\n')[0] ?? '',
  })
  return { code, out, err }
}
