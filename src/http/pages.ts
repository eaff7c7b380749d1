import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { CityView } from '../city/api.ts'
import type { App } from './route.ts'

/**
 * Serves the built pages: each folder of `directory` with an index.html is a page, at its name and at all below it
 * (`/c` and `/c/4711`), `home` at the root. What carries its content's hash in its name is kept by browsers for ever.
 * Each page is told the city's time zone, so that it needs not ask before it shows a time.
 */
export async function addPages(app: App, directory: string, city: CityView): Promise<void> {
  if (!existsSync(directory)) return
  await app.register(files, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: true,
  })
  const pages = readdirSync(directory).filter(name => existsSync(join(directory, name, 'index.html')))
  for (const page of pages) {
    const paths = page === 'home' ? ['/'] : [`/${page}`, `/${page}/*`]
    const built = readFileSync(join(directory, page, 'index.html'), 'utf8')
    const html = built.replace('<html', `<html data-time-zone="${city.timeZone}"`)
    for (const path of paths) {
      app.get(path, { schema: { hide: true } }, (_request, reply) =>
        reply.type('text/html; charset=utf-8').send(html),
      )
    }
  }
}
