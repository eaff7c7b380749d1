import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { shell } from './shell.ts'

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await once(server.close(), 'close')
  return String(typeof address === 'object' ? address?.port : '')
}

it('helps in Chinese, in columns that line up', async () => {
  const { code, out } = await shell(['--help'])
  expect(code).toBe(0)
  expect(out).toMatch(/^用法： jieting/)
  expect(out).toMatch(/calls .*列出通话/)
  const seat = await shell(['seat', '--help'])
  expect(seat.out).toContain('用法： jieting seat')
})

it('says how to start the hotline when nobody listens, and ends with 3', async () => {
  const { code, out, err } = await shell(['calls'], { HTTP_PORT: await freePort() })
  expect([code, out]).toEqual([3, ''])
  expect(err).toContain('热线没有运行')
  expect(err).toContain('ECONNREFUSED')
  expect(err).toContain('npm start')
})

it('names every wrong setting at once, and ends with 2', async () => {
  const { code, err } = await shell(['calls', '--lang', 'en'], { HTTP_PORT: 'many', SIP_PORT: '-1' })
  expect(code).toBe(2)
  expect(err.trim().split('\n').sort()).toEqual([
    'a setting is wrong: HTTP_PORT: found "many", expected a port from 0 to 65535 (0: any free one)',
    'a setting is wrong: SIP_PORT: found "-1", expected a port from 0 to 65535 (0: any free one)',
  ])
})

it('knows another server from the hotline', async () => {
  const server = createHttpServer((_request, response) => response.end('hello'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const { code, err } = await shell(['calls', '--lang', 'en'], { JIETING_URL: url })
  expect([code, err.includes('a server that is not the hotline')]).toEqual([1, true])
  await once(server.close(), 'close')
})
