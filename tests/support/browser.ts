/** Debian's Chromium, for pages as people see them: real layout, real keys, axe's rules. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
)

export const hasBrowser = executablePath !== undefined

/** @param wav played, over and over, by the fake microphone: 16 bit PCM */
export function openBrowser(wav?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(wav === undefined ? [] : [`--use-file-for-fake-audio-capture=${wav}`]),
    ],
  })
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

type Violation = { readonly id: string; readonly help: string; readonly nodes: readonly { html: string }[] }

/** What axe finds against WCAG 2.2 AA and AAA's contrast, as `rule: element`; empty when all is well. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  // Playwright's evaluate is not bound by the page's Content-Security-Policy, an inserted script would be.
  await page.evaluate(await readFile(axeSource, 'utf8'))
  const violations = (await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast-enhanced': { enabled: true } },
  }).then(found => found.violations)`)) as readonly Violation[]
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}): ${html}`))
}

/** Whether the page must be scrolled sideways: at 200 % zoom of a 1280 px screen, and on a 360 px phone, it must not (WCAG 1.4.10). */
export async function scrollsSideways(page: Page, width: number): Promise<boolean> {
  await page.setViewportSize({ width, height: 800 })
  // What a page lays out anew for another width stands two frames later.
  await page.evaluate(
    'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
  )
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

/** Without a fault that axe finds, and readable without scrolling sideways on a telephone and at 200 %. @param shot its pictures in SCREENSHOTS */
export async function isFitForAll(page: Page, shot: string): Promise<void> {
  const picture = async (as: string) => {
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${as}.png`, fullPage: true })
  }
  await picture(shot)
  expect(await axeFaults(page)).toEqual([])
  for (const width of [320, 640]) {
    expect(await scrollsSideways(page, width)).toBe(false)
    await picture(`${shot}-${width}`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** Types what somebody knows of a unit into its field, and takes the first that is found, by keys. */
export async function takesUnit(field: Locator, typed: string, name = typed): Promise<void> {
  await field.fill(typed)
  await field.page().getByRole('option', { name }).first().waitFor()
  await field.press('ArrowDown')
  await field.press('Enter')
  await expect.poll(() => field.inputValue()).toBe(name)
}

/** At the sign-in of whichever staff page is open. */
export async function givesPassword(page: Page, name: string, password = 'a long password'): Promise<void> {
  await page.getByLabel('登录名').fill(name)
  await page.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
}
