import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { CityView } from '../city/api.ts'
import type { Role } from '../staff/api.ts'
import type { App } from './server.ts'

/** A page that whoever has this role may not use here: none of their pages leads there. */
export type ClosedPage = { readonly role: Role; readonly href: string }

const nowhere = 'missing'
/** Pages for whoever runs the house. */
const forOperations: readonly string[] = ['docs']

/**
 * Serves the built pages: each folder of `directory` with an index.html is a page, at its name and at all below it
 * (`/c` and `/c/4711`), `home` at the root. What carries its content's hash in its name is kept by browsers for ever.
 * Each page is told the city's time zone, so that it needs not ask before it shows a time, and has the same icon.
 * @param isApart whether operations have a port of their own: pages are told, and name nothing that is not there
 * @param closed pages that the city opens to none of a role, though others of them may have it
 * @returns the page for whoever follows an address that leads nowhere
 */
export async function addPages(
  app: App,
  directory: string,
  city: CityView,
  isApart: boolean,
  closed: readonly ClosedPage[],
): Promise<string | undefined> {
  if (!existsSync(directory)) return undefined
  await app.register(files, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: true,
  })
  const pages = readdirSync(directory).filter(name => existsSync(join(directory, name, 'index.html')))
  const told = [
    `data-time-zone="${city.timeZone}"`,
    `data-closed="${closed.map(({ role, href }) => `${role}:${href}`).join(' ')}"`,
    ...(isApart ? ['data-operations="apart"'] : []),
  ].join(' ')
  const htmlOf = (page: string) =>
    readFileSync(join(directory, page, 'index.html'), 'utf8')
      .replace('<html', `<html ${told}`)
      .replace('</head>', '<link rel="icon" href="/icon.svg" type="image/svg+xml" /></head>')
  const icon = readFileSync(join(directory, 'icon.svg'))
  // Browsers look for the second by themselves where a page names none, as the API's document does.
  for (const path of ['/icon.svg', '/favicon.ico'])
    app.get(path, { config: { at: 'both' }, schema: { hide: true } }, (_request, reply) =>
      reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
    )
  for (const page of pages.filter(name => name !== nowhere)) {
    const paths = page === 'home' ? ['/'] : [`/${page}`, `/${page}/*`]
    const html = htmlOf(page)
    for (const path of paths) {
      app.get(
        path,
        { config: { at: forOperations.includes(page) ? 'operations' : undefined }, schema: { hide: true } },
        (_request, reply) => reply.type('text/html; charset=utf-8').send(html),
      )
    }
  }
  return pages.includes(nowhere) ? htmlOf(nowhere) : undefined
}
