import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of which each takes over half a minute; a machine that has run none yet would go by their size. */
const longest = [
  'storage/upgrade',
  'wire/theme-page',
  'wire/hotline-deaths',
  'wire/seat-page',
  'wire/sip-line-sipp',
].map(name => `/tests/${name}.test.ts`)

/** Begins with the files that take longest, so that none of them goes on alone when all others are done. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    // A project's files stay together: they share its workers.
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return projects.flatMap(project => {
      const own = sorted.filter(file => file.project === project)
      const isLong = ({ moduleId }: TestSpecification) => longest.some(name => moduleId.endsWith(name))
      return [...own.filter(isLong), ...own.filter(file => !isLong(file))]
    })
  }
}
