/** `sip-config/edge` as its README says to use it, on addresses of this machine: Kamailio and rtpengine before a SIP server. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './baresip.ts'

const shipped = join(import.meta.dirname, '..', '..', 'sip-config', 'edge')

export const hasEdge = ['kamailio', 'rtpengine'].every(
  tool => spawnSync(tool, ['-v'], { stdio: 'ignore' }).error === undefined,
)

/** @param server the port of a SIP server of this machine. */
export async function startEdge(server: number) {
  const directory = await mkdtemp(join(tmpdir(), 'edge-'))
  const [sipPort, command, sound] = [await freePort(), await freePort(), await freePort()]
  const servers = join(directory, 'dispatcher.list')
  await writeFile(servers, `1 sip:127.0.0.1:${server} 0 10\n`)
  const rtpengineConf = join(directory, 'rtpengine.conf')
  const ranged = Math.min(sound, 60_000)
  const text = (await readFile(join(shipped, 'rtpengine.conf'), 'utf8'))
    .replace(/^interface = .*$/m, 'interface = inside/127.0.0.1;outside/127.0.0.2')
    .replace(/^listen-ng = .*$/m, `listen-ng = 127.0.0.1:${command}`)
    .replace(/^port-min = .*$/m, `port-min = ${ranged}`)
    .replace(/^port-max = .*$/m, `port-max = ${ranged + 200}`)
  await writeFile(rtpengineConf, text)
  const rtpengine = spawn('rtpengine', ['--config-file', rtpengineConf, '--foreground', '--log-stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const defined = {
    OUTSIDE: `udp:127.0.0.2:${sipPort}`,
    INSIDE: `udp:127.0.0.1:${sipPort}`,
    SERVERS: `"${servers}"`,
    RTPENGINE: `"udp:127.0.0.1:${command}"`,
    TRUNK: `"sip:127.0.0.4:${sipPort}"`,
    TRUNK_ADDRESSES: '"^127\\.0\\.0\\.4$"',
  }
  const kamailio = spawn(
    'kamailio',
    [
      ...['-DD', '-E', '-f', join(shipped, 'kamailio.cfg'), '-w', directory, '-Y', directory, '-m', '32'],
      ...Object.entries(defined).flatMap(([name, value]) => ['-A', `${name}=${value}`]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const said: string[] = []
  for (const child of [rtpengine, kamailio]) createInterface(child.stderr).on('line', line => said.push(line))
  const ended = [once(rtpengine, 'exit'), once(kamailio, 'exit')]
  return {
    outside: { host: '127.0.0.2', port: sipPort },
    /** What both wrote so far. */
    said: () => said.join('\n'),
    async close() {
      kamailio.kill('SIGTERM')
      rtpengine.kill('SIGTERM')
      await Promise.all(ended)
      await rm(directory, { recursive: true })
    },
  }
}
