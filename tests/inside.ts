/** What of the inside may stand in no answer: paths, stacks, names of errors, SQL. */
export const inside = /node_modules|\.tsx?\b|\bat \S+ \(|Error:|SQLITE|ZodError|select \*|insert into/
