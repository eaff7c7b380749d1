import { useMemo } from 'react'
import { ComboBox } from 'react-aria-components'
import { Searched, useTyped } from '../design/searched.tsx'
import { say } from '../language.ts'
import { type UnitLevel, unitsFound } from './found-units.ts'
import { useUnits } from './units.ts'

/** One of the city's units, found by its name, the first letters of its sounds, or its district; or looked up in the whole list. */
export function UnitField({
  label,
  unit,
  onChosen,
  isNeeded = false,
  hint = words.hint,
  besides,
  among,
  name,
}: {
  readonly label: string
  /** Its id; empty while none is chosen. */
  readonly unit: string
  readonly onChosen: (unit: string) => void
  readonly isNeeded?: boolean
  /** What stands there while none is chosen. */
  readonly hint?: string
  /** A unit that cannot be chosen. */
  readonly besides?: string
  /** Those that can be; all when absent. */
  readonly among?: readonly string[]
  /** Of the field in its form. */
  readonly name?: string
}) {
  const { units, nameOf } = useUnits()
  const { typed, props } = useTyped(unit, unit === '' ? '' : nameOf(unit), onChosen)
  const items = useMemo(() => {
    const offered = units.filter(({ id }) => id !== besides && (among?.includes(id) ?? true))
    return unitsFound(offered, typed ?? '').map(({ level, items }) => ({ id: levelWords[level], items }))
  }, [units, besides, among, typed])
  return (
    <ComboBox
      {...props}
      className="field searched"
      name={name}
      isRequired={isNeeded}
      allowsEmptyCollection
      menuTrigger="input"
      items={items}
    >
      <Searched label={label} hint={hint} none={words.none} most={64} opens={words.all} />
    </ComboBox>
  )
}

const words = {
  hint: say({ 'zh-CN': '名称、拼音首字母或区', en: 'Name, initials or district' }),
  none: say({ 'zh-CN': '没有这样的单位', en: 'No such unit' }),
  all: say({ 'zh-CN': '全部单位', en: 'All units' }),
}

const levelWords: Readonly<Record<UnitLevel, string>> = {
  city: say({ 'zh-CN': '市级', en: 'City' }),
  district: say({ 'zh-CN': '区级', en: 'Districts' }),
  street: say({ 'zh-CN': '街道（乡镇）', en: 'Streets and towns' }),
}
