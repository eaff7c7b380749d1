/**
 * Imported before what is measured in a process of its own: the house's modules are then those that were built, as they run in
 * a city. Run as TypeScript every function is given its name anew each time that it is made, and a call costs a seventh more.
 */
import { register } from 'node:module'

const [source, built] = ['src', 'dist'].map(folder => new URL(`../../${folder}/`, import.meta.url).href)
const hooks = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  if (!found.url.startsWith('${source}')) return found
  const url = '${built}' + found.url.slice('${source}'.length).replace(/[.]ts([?].*)?$/, '.js')
  return { ...found, url, format: 'module' }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
