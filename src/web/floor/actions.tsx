import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'

export type RowAction = { readonly id: string; readonly label: string; readonly act: () => void }

/** What can be done to a row, behind one button, so that a row stays a line. */
export function Actions({
  label,
  of,
  actions,
}: {
  readonly label: string
  /** What it is done to, for who does not see the row. */
  readonly of: string
  readonly actions: readonly RowAction[]
}) {
  return (
    <MenuTrigger>
      <Button className="button small" aria-label={`${label}：${of}`}>
        {label}
      </Button>
      <Popover className="menu" placement="bottom end">
        <Menu aria-label={`${label}：${of}`} onAction={id => actions.find(one => one.id === id)?.act()}>
          {actions.map(({ id, label }) => (
            <MenuItem key={id} id={id}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
