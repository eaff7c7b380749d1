/** A disk of its own for a test: it can be filled, freed, and fail as disks do. Needs root, and a kernel that lets it mount. */
import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmallDisk = Awaited<ReturnType<typeof mountSmallDisk>>

const run = (program: string, ...args: readonly string[]) => execFileSync(program, args, { stdio: 'pipe' })

/** ext4 in a file, as a disk that has errors goes on: to be read, and not to be written. */
export async function mountSmallDisk(megabytes: number) {
  const place = await mkdtemp(join(tmpdir(), 'jieting-disk-'))
  const image = join(place, 'image')
  const folder = join(place, 'disk')
  const filler = join(folder, 'filler')
  await mkdir(folder)
  await writeFile(image, '')
  await truncate(image, megabytes * 1024 * 1024)
  run('mkfs.ext4', '-q', '-m', '0', image)
  const mount = () => run('mount', '-o', 'loop', image, folder)
  mount()
  return {
    folder,
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
    /** Until nothing more fits. */
    async fill() {
      const some = new Uint8Array(1024 * 1024)
      for (let size = some.length; size >= 1; size = Math.floor(size / 16))
        while (
          await appendFile(filler, some.subarray(0, size)).then(Boolean.bind(undefined, true), () => false)
        );
    },
    free: () => rm(filler, { force: true }),
    /** From now on it can only be read, whoever has files open. */
    fail: () => run('mount', '-o', 'remount,abort', folder),
    /** What an operator does once nobody has a file open there. */
    mend() {
      run('umount', folder)
      try {
        run('e2fsck', '-fp', image)
      } catch {
        // It says 1 where it has mended something.
      }
      mount()
    },
    async close() {
      run('umount', folder)
      await rm(place, { recursive: true })
    },
  }
}
