using System.Text;

namespace Postlotse.Responsibility.City;

/// <summary>
/// Assignments as CSV (RFC 4180 with ";" between the fields, as German spreadsheets write it):
/// concern;unit;from;until;districts;names — dates as 2027-01-31, several districts with "," between them.
/// </summary>
public static class AssignmentTable
{
    private const string Header = "concern;unit;from;until;districts;names";
    private const int Columns = 6;

    /// <summary>With a header and a byte order mark, so that spreadsheets see the umlauts.</summary>
    public static string Write(IEnumerable<PlannedAssignment> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        var text = new StringBuilder("\uFEFF").Append(Header).Append("\r\n");
        foreach (var a in assignments)
        {
            string[] fields = [a.Concern, a.Unit, DayText.Write(a.From), DayText.Write(a.Until), string.Join(", ", a.Districts), a.Names];
            text.AppendJoin(';', fields.Select(Quoted)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>Reads a table; its problems name lines. What the rows mean, <see cref="CityPlanFile.Check"/> tells.</summary>
    public static (IReadOnlyList<PlannedAssignment> Rows, IReadOnlyList<string> Problems) Read(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var (rows, problems) = (new List<PlannedAssignment>(), new List<string>());
        foreach (var (line, fields) in Lines(csv.TrimStart('\uFEFF')))
        {
            if (fields is [""]) continue;
            if (line == 1 && IsHeader(fields)) continue;
            if (fields.Count is < 2 or > Columns) problems.Add(Texts.Now("TableColumns", line, Columns, fields.Count));
            else if (RowOf(fields) is { } row) rows.Add(row);
            else problems.Add(Texts.Now("TableDate", line));
            if (rows.Count > CityPlanFile.MostRows || problems.Count > 30) break;
        }

        return (rows, problems);
    }

    private static bool IsHeader(List<string> fields) => fields.Count > 1 && Header.StartsWith(
        string.Concat(fields[0].Trim(), ";", fields[1].Trim()), StringComparison.OrdinalIgnoreCase);

    private static PlannedAssignment? RowOf(IReadOnlyList<string> fields)
    {
        string Field(int i) => i < fields.Count ? fields[i].Trim() : "";
        if (!DayText.TryRead(Field(2), out var from) || !DayText.TryRead(Field(3), out var until)) return null;
        return new(Field(0), Field(1))
        {
            From = from, Until = until, Names = Field(5),
            Districts = Field(4).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };
    }

    /// <summary>A formula in a field must not run in a spreadsheet, so it becomes text.</summary>
    private static string Quoted(string field)
    {
        if (field.Length > 0 && field[0] is '=' or '+' or '-' or '@') field = "'" + field;
        return field.AsSpan().ContainsAny(';', '"', '\n') ? '"' + field.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : field;
    }

    /// <summary>Fields of each record and the line it begins in; a quotation mark that is never closed ends with the text.</summary>
    private static IEnumerable<(int Line, List<string> Fields)> Lines(string csv)
    {
        var (line, start, quoted) = (1, 1, false);
        var (fields, field) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < csv.Length && csv[i + 1] == '"') field.Append(csv[++i]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == ';')
            {
                EndField();
            }
            else if (c == '\n')
            {
                EndField();
                yield return (start, fields);
                (fields, start) = ([], line);
            }
            else
            {
                field.Append(c);
            }
        }

        EndField();
        if (fields is not [""]) yield return (start, fields);

        void EndField()
        {
            fields.Add(field.ToString().TrimEnd('\r'));
            field.Clear();
        }
    }
}
