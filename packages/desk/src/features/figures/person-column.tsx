/** The column of a table of people that says who: name and staff number. */
export const personColumn = (title: string) => ({
  key: 'name',
  title,
  lead: true,
  render: (row: { name: string; staffNo: string }) => (
    <span>
      {row.name} <span className="zk-quiet">{row.staffNo}</span>
    </span>
  ),
});
