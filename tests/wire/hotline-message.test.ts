/** Who leaves a message leaves it on the disk, also where nothing was ever kept before. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { messageFlow } from '../support/message-flow.ts'
import { runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { plugInPhone } from '../support/sip-phone.ts'
import { spokenTones } from '../support/tone-speech.ts'

it('keeps a message in a folder that is its own', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-message-'))
  await writeFile(join(directory, 'hotline.yaml'), messageFlow)
  const DATA_DIR = join(directory, 'data')
  const hotline = await runHotline({ DATA_DIR, FLOWS_DIR: directory })
  const media = await startTestMedia([27_000, 27_099])
  const phone = await plugInPhone(hotline.sip, media)
  try {
    const citizen = await phone.ring('12345')
    await citizen.final
    const kinds = async () => (await hotline.facts()).map(({ kind }) => kind)
    await expect.poll(kinds, { timeout: 15_000 }).toContain('recording')
    await citizen.port.play([spokenTones('我家没有暖气')])
    citizen.hangup()
    const folder = join(DATA_DIR, 'recordings')
    const bytes = async () => {
      const [name] = await readdir(folder)
      return name === undefined ? 0 : (await stat(join(folder, name))).size
    }
    await expect.poll(bytes, { timeout: 15_000 }).toBeGreaterThan(16_000)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect(await kinds()).not.toContain('failure')
  } finally {
    await phone.close()
    await media.close()
    await hotline.close()
    await rm(directory, { recursive: true })
  }
}, 60_000)
