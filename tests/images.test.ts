/** Images of a release are named by digests, which nobody can move; those of a laptop by tags. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

const run = promisify(execFile)
const names = ['NODE_IMAGE', 'POSTGRES_IMAGE', 'DRACHTIO_IMAGE']
const pinned = names.map(name => `${name}=some/image:1@sha256:${'0a'.repeat(32)}`)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** @returns what it complains of */
async function check(lines: readonly string[]): Promise<string> {
  const file = join(folder, '.env')
  await writeFile(file, `DATABASE_PASSWORD=x\n${lines.join('\n')}\n`)
  return run('sh', ['examples/pin-images.sh', '--check', file]).then(
    () => '',
    (error: { readonly code: number; readonly stderr: string }) => `${error.code} ${error.stderr}`,
  )
}

it('a release has every image by its digest, and is refused by the name of one that has none', async () => {
  expect(await check(pinned)).toBe('')
  for (const [at, name] of names.entries()) {
    expect(await check(pinned.toSpliced(at, 1))).toMatch(new RegExp(`^1 ${name} in .*found nothing`))
    expect(await check([...pinned, `${name}=some/image:1`])).toMatch(
      new RegExp(`^1 ${name} in .*some/image:1`),
    )
    expect(await check([...pinned, `${name}=some/image@sha256:0a`])).toMatch(/^1 /)
  }
})

it('are the same in what is composed, built and pinned', async () => {
  const texts = await Promise.all(
    ['compose.yaml', 'Dockerfile', 'examples/pin-images.sh'].map(path => readFile(path, 'utf8')),
  )
  const [compose = '', dockerfile = '', script = ''] = texts
  const composed = [...compose.matchAll(/\$\{(\w+_IMAGE):-([^}]+)\}/g)].map(([, name, image]) => [
    name,
    image,
  ])
  expect(composed.map(([name]) => name)).toEqual(names)
  expect(
    [...script.matchAll(/^pin (\w+) "\$\{\d:-([^}]+)\}"/gm)].map(([, name, image]) => [name, image]),
  ).toEqual(composed)
  expect(dockerfile).toContain(`ARG NODE_IMAGE=${composed[0]?.[1]}\n`)
})

it('an image of a release is not built of one that a tag names', async () => {
  const [, guard = ''] = /^RUN (case "\$\{RELEASE.*)$/m.exec(await readFile('Dockerfile', 'utf8')) ?? []
  const builds = (RELEASE: string, NODE_IMAGE: string) =>
    run('sh', ['-c', guard], { env: { RELEASE, NODE_IMAGE } }).then(
      () => true,
      () => false,
    )
  expect(guard).toContain('exit 1')
  expect(await builds('', 'node:24')).toBe(true)
  expect(await builds('1.0', 'node:24')).toBe(false)
  expect(await builds('1.0', `node:24@sha256:${'0a'.repeat(32)}`)).toBe(true)
})
