import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { Fault } from '../foundation/index.ts'
import { type Sound, sampleRate } from '../media/index.ts'

/** This machine's loudspeaker. */
export type SoundPlayer = {
  /** Replaces what plays. */
  play(sound: Sound): void
  stop(): void
}

/** Programs that play 16 bit mono samples from their standard input: SoX's and ALSA's. */
const players = [
  {
    name: 'play',
    args: ['-q', '-t', 'raw', '-r', `${sampleRate}`, '-e', 'signed', '-b', '16', '-c', '1', '-'],
  },
  { name: 'aplay', args: ['-q', '-t', 'raw', '-r', `${sampleRate}`, '-f', 'S16_LE', '-c', '1'] },
] as const

/**
 * @param onFailure told once, when the player does not play; the rest is silent then.
 * @throws Fault `speaker-missing` when no player is on PATH.
 */
export async function openSpeaker(path: string, onFailure: (fault: Fault) => void): Promise<SoundPlayer> {
  const found = await Promise.all(players.map(({ name }) => isOnPath(path, name)))
  const player = players[found.indexOf(true)]
  if (!player)
    throw new Fault({
      code: 'speaker-missing',
      place: '--sound',
      found: `neither ${players.map(({ name }) => name).join(' nor ')} on PATH`,
      expected: 'SoX (play) or alsa-utils (aplay)',
    })
  let playing: ChildProcess | undefined
  let isBroken = false

  const stop = () => {
    playing?.kill()
    playing = undefined
  }
  const failed = (reason: string) => {
    if (isBroken) return
    isBroken = true
    onFailure(
      new Fault({ code: 'speaker-failed', place: player.name, found: reason, expected: 'a sound device' }),
    )
  }
  return {
    stop,
    play({ samples }) {
      stop()
      if (isBroken) return
      const child = spawn(player.name, player.args, { env: { ...process.env, PATH: path } })
      playing = child
      let said = ''
      child.stderr.on('data', text => {
        said += text
      })
      child.on('error', error => failed(error.message))
      child.on('exit', code => {
        if (code) failed(said.trim().split('\n').at(-1) || `exit code ${code}`)
      })
      // One that was stopped, or that never began, takes no more.
      child.stdin.on('error', () => undefined)
      child.stdin.end(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))
    },
  }
}

async function isOnPath(path: string, name: string): Promise<boolean> {
  for (const folder of path.split(delimiter).filter(Boolean))
    if (await canRun(join(folder, name))) return true
  return false
}

const canRun = (file: string) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
