using System.Globalization;

namespace Postlotse.Reading.Paper;

/// <summary>Segments under each other without an empty line between them, as addresses and letterheads are set.</summary>
internal sealed class AddressBlock
{
    public AddressBlock(IReadOnlyList<Segment> lines) => Lines = lines;

    public IReadOnlyList<Segment> Lines { get; }

    public double Left => Lines.Min(l => l.Box.X);

    public double Top => Lines[0].Box.Y;

    public double Bottom => Lines[^1].Box.Bottom;

    public bool HasTown => Lines.Any(l => AddressWording.Town.IsMatch(l.Text));

    public bool HasStreet => Lines.Any(l => AddressWording.Street.IsMatch(l.Text));

    public bool HasContact => Lines.Any(l => AddressWording.Contact.IsMatch(l.Text));

    /// <summary>Stacks segments into blocks, from top to bottom.</summary>
    public static IReadOnlyList<AddressBlock> Stack(IEnumerable<Segment> segments)
    {
        var stacks = new List<List<Segment>>();
        foreach (var segment in segments.OrderBy(s => s.Baseline).ThenBy(s => s.Box.X))
        {
            var home = stacks.Where(stack => Continues(stack, segment)).OrderBy(s => Math.Abs(s[^1].Box.X - segment.Box.X))
                .FirstOrDefault();
            if (home is null) stacks.Add([segment]);
            else home.Add(segment);
        }

        return [.. stacks.Select(s => new AddressBlock(s))];
    }

    /// <summary>An address whose town stands apart, as typewriters set it, is one address.</summary>
    public static AddressBlock WithTownBelow(AddressBlock block, IEnumerable<AddressBlock> others)
    {
        if (block.HasTown) return block;
        var town = others.FirstOrDefault(o => o != block && AddressWording.Town.IsMatch(o.Lines[0].Text) && o.Lines.Count <= 2
            && Math.Abs(o.Left - block.Left) <= 4 && o.Top > block.Bottom && o.Top - block.Bottom <= 12);
        return town is null ? block : new([.. block.Lines, .. town.Lines]);
    }

    private static bool Continues(List<Segment> stack, Segment next)
    {
        var last = stack[^1];
        var step = next.Baseline - last.Baseline;
        if (step <= 0.8 * Math.Min(last.Size, next.Size) || !next.SharesColumnWith(last, 4)) return false;
        var usual = stack.Count > 1 ? last.Baseline - stack[^2].Baseline : step;
        return step <= Math.Max(3.0 * Math.Min(last.Size, next.Size), 2.2 * Math.Max(last.Size, next.Size)) && step <= 1.55 * usual;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lines.Count} lines at {Left:0},{Top:0}");
}
