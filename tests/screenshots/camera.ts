/** Pages as people have them open: signed in, in Chinese, 1440 px wide, and a shutter. */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { wavHeader } from '../../src/media/wav.ts'
import { givesPassword, openBrowser } from '../support/browser.ts'
import { password } from './city.ts'
import { mostPictureBytes, picturesDir } from './pictures.ts'

const tallest = 1600
const margin = 24

export type Camera = Awaited<ReturnType<typeof openCamera>>

export async function openCamera(url: string) {
  const microphone = join(tmpdir(), `jieting-silence-${process.pid}.wav`)
  const samples = new Int16Array(16_000)
  await writeFile(microphone, Buffer.concat([wavHeader(1, samples.byteLength), Buffer.from(samples.buffer)]))
  await mkdir(picturesDir, { recursive: true })
  const browser: Browser = await openBrowser(microphone)

  const open = async (path: string): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(`${url}${path}`)
    return page
  }
  return {
    open,
    async signIn(name: string, path: string): Promise<Page> {
      const page = await open(path)
      await givesPassword(page, name, password)
      await page.getByRole('button', { name: '退出' }).waitFor()
      return page
    },
    /** The page from its top to the end of `last`, of all of it when absent. */
    async shoot(page: Page, name: string, last?: Locator): Promise<void> {
      const path = join(picturesDir, `${name}.png`)
      const bottom = async () => {
        const box = await (last ?? page.locator('.shell')).boundingBox()
        return Math.ceil((box?.y ?? 0) + (box?.height ?? 0) + Number(await page.evaluate('scrollY')))
      }
      // What is as tall as the window changes with it.
      for (let turn = 0; turn < 2; turn++)
        await page.setViewportSize({ width: 1440, height: Math.min(tallest, (await bottom()) + margin) })
      await page.evaluate('scrollTo(0, 0)')
      await page.evaluate('document.fonts.ready')
      await page.screenshot({ path, animations: 'disabled' })
      const { size } = await stat(path)
      if (size > mostPictureBytes) throw new Error(`${path}: ${size} bytes, at most ${mostPictureBytes}`)
      console.log(`${name}.png ${Math.round(size / 1000)} kB`)
    },
    /** One part of a page alone, however tall the page is. */
    async shootPart(part: Locator, name: string): Promise<void> {
      await part.screenshot({ path: join(picturesDir, `${name}.png`), animations: 'disabled' })
    },
    async close() {
      await browser.close()
      await rm(microphone)
    },
  }
}
