/**
 * `npm test`: every test, and then each file that failed once more, by itself. Beside another a small machine can miss
 * a beat of real sockets and sound, which is nobody's fault; what fails alone as well is broken. A file begins afresh
 * then, while a mere repetition of the test would meet the hotline that the failed one left behind.
 */
import {
  createVitest,
  parseCLI,
  type TestModule,
  type TestRunResult,
  type TestSpecification,
} from 'vitest/node'

/** So many files are no accident. */
const tooMany = 7
const repetitions = 2

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await createVitest('test', options)

let failed = failedOf(await vitest.start(filter))
const isAccident =
  failed.length > 0 && failed.length < tooMany && !vitest.state.getTestModules().some(isRefuted)
for (let turn = 0; turn < repetitions && isAccident && failed.length > 0; turn++) {
  const still: TestSpecification[] = []
  for (const specification of failed) {
    console.log(
      `\nFailed beside others; once more, by itself: ${specification.moduleId}${why(specification)}`,
    )
    const result = await vitest.runTestSpecifications([specification])
    still.push(...failedOf(result).filter(({ moduleId }) => moduleId === specification.moduleId))
  }
  failed = still
}
await vitest.close()
if (isAccident && failed.length === 0) {
  console.log('\nWhat failed beside others passed by itself.')
  process.exitCode = 0
}

/** Files in which a test failed, or from which an error came that no test caught. */
function failedOf({ testModules, unhandledErrors }: TestRunResult): readonly TestSpecification[] {
  const origins = new Set(
    unhandledErrors.map(error => (error as { VITEST_TEST_PATH?: string }).VITEST_TEST_PATH),
  )
  if (origins.has(undefined)) throw new AggregateError(unhandledErrors, 'an error came from no test file')
  return testModules
    .filter(module => !module.ok() || origins.has(module.moduleId))
    .map(module => module.toTestSpecification())
}

/** What failed there, a line each. */
function why({ moduleId }: TestSpecification): string {
  const modules = vitest.state.getTestModules().filter(module => module.moduleId === moduleId)
  const tests = modules.flatMap(module => [...module.children.allTests('failed')])
  const said = (errors: readonly { readonly message: string }[] = []) => errors[0]?.message.split('\n')[0]
  return [
    ...tests.map(test => `${test.fullName}: ${said(test.result().errors)}`),
    ...modules.flatMap(module => module.errors().map(({ message }) => message.split('\n')[0])),
  ]
    .map(line => `\n    ${line}`)
    .join('')
}

/** A counterexample that fast-check came upon: true whatever another run of other examples says. */
function isRefuted(module: TestModule): boolean {
  const failures = [...module.children.allTests('failed')].flatMap(test => test.result().errors ?? [])
  return failures.some(({ message }) => message.startsWith('Property failed'))
}
