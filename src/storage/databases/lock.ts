import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join, relative } from 'node:path'
import { Fault, reasonOf } from '../../foundation/index.ts'
import { makeFolder } from '../make-folder.ts'

/** The longest path that fits a socket address (unix(7): 108 bytes with the terminating zero). */
const longestPath = 107

/**
 * Locks a directory for this process. The lock is a unix socket that we listen on: unlike a file with a process id it
 * cannot outlive its holder, however that dies and whichever process gets its id next.
 * @param visited handles visitors to the socket; by default they are disconnected
 * @param name of the socket
 * @returns releases the lock
 * @throws Fault `data-dir-locked`, `data-dir-unusable`, `data-dir-too-long`
 */
export async function lockDirectory(
  directory: string,
  visited: (visitor: Socket) => void = visitor => void visitor.destroy(),
  name = 'lock',
): Promise<() => Promise<void>> {
  await makeFolder(directory).catch(cause => {
    throw new Fault({
      code: 'data-dir-unusable',
      place: directory,
      found: reasonOf(cause),
      expected: 'a directory that can be made and written',
      cause,
    })
  })
  const path = lockPath(directory, name)
  if (Buffer.byteLength(path) > longestPath)
    throw new Fault({
      code: 'data-dir-too-long',
      place: directory,
      found: `a path of ${Buffer.byteLength(path)} bytes`,
      expected: `at most ${longestPath}, so that it can be locked`,
    })
  const server = (await listenOn(path, visited)) ?? (await listenOnLeftBehind(path, visited))
  if (!server)
    throw new Fault({
      code: 'data-dir-locked',
      place: directory,
      found: 'another Jieting process at work in this directory',
      expected:
        'one process a directory: stop the other, give this one its own DATA_DIR, or set DATABASE_URL',
    })
  server.unref()
  return async () => {
    server.close()
    await once(server, 'close')
  }
}

/** The path of a directory's lock socket. */
export const lockPath = (directory: string, name = 'lock'): string => shorter(join(directory, name))

/** Takes over a socket file that nobody answers at, since its holder has died. */
async function listenOnLeftBehind(path: string, visited: (visitor: Socket) => void) {
  if (await isAnswered(path)) return undefined
  await rm(path, { force: true })
  return listenOn(path, visited)
}

async function listenOn(path: string, visited: (visitor: Socket) => void) {
  const server = createServer(visited).listen(path)
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    if (reasonOf(error) === 'EADDRINUSE') return undefined
    throw error
  }
}

async function isAnswered(path: string): Promise<boolean> {
  const visitor = connect(path)
  try {
    await once(visitor, 'connect')
    return true
  } catch {
    return false
  } finally {
    visitor.destroy()
  }
}

function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere.length < path.length ? fromHere : path
}
