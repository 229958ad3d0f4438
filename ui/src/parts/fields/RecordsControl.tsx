import { Button, Stack } from "@mantine/core";
import { useState } from "react";

import type { FieldView, Value } from "../../api/types";
import { t } from "../../text";
import { Control } from "./Control";
import type { ControlProps } from "./control";
import classes from "./RecordsControl.module.css";

type Row = Record<string, Value>;

/** A table: one block of columns per row, so that it fits a telephone. */
export function RecordsControl({ field, id, value, disabled, onChange }: ControlProps) {
  const held = Array.isArray(value) ? (value as Row[]) : [];
  const [empty, setEmpty] = useState(0);
  const rows = [...held, ...Array.from({ length: empty }, (): Row => ({}))];

  function give(next: Row[]) {
    const filled = next.filter((row) => Object.keys(row).length > 0);
    setEmpty(next.length - filled.length);
    onChange(filled.length > 0 ? filled : undefined);
  }

  function change(index: number, column: string, cell: Value | undefined) {
    const row = { ...rows[index] };
    if (cell === undefined) delete row[column];
    else row[column] = cell;
    give(rows.map((old, at) => (at === index ? row : old)));
  }

  return (
    <Stack gap="sm" align="flex-start">
      {rows.map((row, index) => (
        // A row has no name of its own; its place is what identifies it.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} role="group" aria-label={t("records.row", { number: index + 1 })} className={classes.row}>
          {field.columns.map((column) => (
            <Cell
              key={column.field}
              column={column}
              id={index === 0 && column === field.columns[0] ? id : `${id}-${index}-${column.field}`}
              value={row[column.field]}
              disabled={disabled}
              onChange={(cell) => change(index, column.field, cell)}
            />
          ))}
          <Button
            variant="subtle"
            color="gray"
            className={classes.remove}
            disabled={disabled}
            aria-label={t("records.removeRow", { number: index + 1 })}
            onClick={() => give(rows.filter((_, at) => at !== index))}
          >
            {t("records.remove")}
          </Button>
        </div>
      ))}
      <Button id={rows.length === 0 ? id : undefined} variant="default" disabled={disabled} onClick={() => setEmpty(empty + 1)}>
        {t("records.add")}
      </Button>
    </Stack>
  );
}

interface CellProps {
  column: FieldView;
  id: string;
  value: Value | undefined;
  disabled: boolean;
  onChange: (value: Value | undefined) => void;
}

function Cell({ column, id, value, disabled, onChange }: CellProps) {
  return (
    <div className={classes.cell}>
      <label id={`${id}-label`} htmlFor={id} className={classes.label}>
        {column.label}
      </label>
      <Control field={column} id={id} value={value} invalid={false} disabled={disabled} onChange={onChange} />
    </div>
  );
}
