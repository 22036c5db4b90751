using System.Security.Cryptography;
using System.Text;

namespace Postlotse.Responsibility.Learning;

/// <summary>
/// Reads and writes what a city learned: "PLLM", version, SHA-256 of the rest, then offices and concerns as tables of ids, the letters as
/// places, counts and hashes, the versions, and each letter's part in the weights of the version in use. Little-endian; holds no words, see
/// <see cref="LearnedLetter"/>. The hash finds damage, not forgery. Nothing in the file is executed, and every number is checked.
/// </summary>
internal static class LearningFile
{
    private const uint Magic = 0x4D4C4C50;

    /// <summary>Raised whenever features or layout change, so that an old file is refused.</summary>
    private const int Version = 4;

    /// <summary>Oldest that is read: the same without forms, barcodes and persons.</summary>
    private const int Oldest = 2;

    private const int LongestId = 1000;
    private const int MostUnits = 20_000;

    /// <summary>Largest file that is read, bytes.</summary>
    public const int MaxBytes = 1 << 30;

    public static void Write(LearningState state, Stream stream)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true)) new Writer(writer, state).Write();
        var content = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        using var head = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        head.Write(Magic);
        head.Write(Version);
        head.Write(SHA256.HashData(content));
        head.Write(content);
    }

    /// <exception cref="FormatException">No such file, of another version, or damaged.</exception>
    public static LearningState Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = ReadAll(stream);
        if (bytes.Length < 40 || BitConverter.ToUInt32(bytes) != Magic) throw new FormatException(Texts.Now("ModelForeign"));
        if (BitConverter.ToInt32(bytes, 4) is var version && version is < Oldest or > Version)
            throw new FormatException(Texts.Now("ModelVersion", version, Version));
        if (!SHA256.HashData(bytes.AsSpan(40)).AsSpan().SequenceEqual(bytes.AsSpan(8, 32)))
            throw new FormatException(Texts.Now("ModelDamaged"));
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 40, bytes.Length - 40), Encoding.UTF8);
            return new Reader(reader).Read();
        }
        catch (Exception e) when (e is IOException or ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new FormatException(Texts.Now("ModelContradicts"), e);
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            memory.Write(buffer, 0, count);
            if (memory.Length > MaxBytes) throw new FormatException(Texts.Now("ModelTooLarge", MaxBytes / 1024 / 1024));
        }

        return memory.ToArray();
    }

    private sealed class Writer(BinaryWriter to, LearningState state)
    {
        private readonly Dictionary<string, int> _units = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _concerns = new(StringComparer.Ordinal);

        public void Write()
        {
            Table(_units, state.Letters.Select(l => l.Unit)
                .Concat(state.Letters.SelectMany(l => l.Known.Units.Select(u => u.Unit)))
                .Concat(state.Live.HeldOut.Select(h => h.Proposed)));
            Table(_concerns, state.Letters.SelectMany(l => l.Known.Concerns.Select(c => c.Concern)));
            to.Write(state.Key);
            to.Write7BitEncodedInt(state.Next);
            to.Write(state.Forgot);
            to.Write7BitEncodedInt(state.Letters.Count);
            foreach (var letter in state.Letters) Letter(letter);
            to.Write7BitEncodedInt(state.Versions.Count);
            foreach (var version in state.Versions) VersionOf(version);
            Live();
        }

        private void Table(Dictionary<string, int> table, IEnumerable<string> ids)
        {
            foreach (var id in ids) table.TryAdd(id, table.Count);
            to.Write7BitEncodedInt(table.Count);
            foreach (var (id, _) in table.OrderBy(t => t.Value)) to.Write(id);
        }

        private void Letter(LearnedLetter letter)
        {
            to.Write((ulong)(letter.Key >> 64));
            to.Write((ulong)letter.Key);
            to.Write7BitEncodedInt(letter.Sequence);
            to.Write7BitEncodedInt(_units[letter.Unit]);
            to.Write(letter.Doubtful);
            to.Write7BitEncodedInt(letter.Places.Length);
            to.Write7BitEncodedInt(letter.WordCount);
            var before = 0;
            for (var i = 0; i < letter.Places.Length; i++)
            {
                if (i == letter.WordCount) before = 0;
                to.Write7BitEncodedInt(letter.Places[i] - before);
                before = letter.Places[i];
            }

            to.Write(letter.Counts);
            to.Write7BitEncodedInt(letter.Traces.Count);
            foreach (var (hash, kind) in letter.Traces)
            {
                to.Write(hash);
                to.Write((byte)kind);
            }

            to.Write(letter.Known.Nobody);
            to.Write7BitEncodedInt(letter.Known.Concerns.Count);
            foreach (var (concern, share) in letter.Known.Concerns)
            {
                to.Write7BitEncodedInt(_concerns[concern]);
                to.Write(share);
            }

            to.Write7BitEncodedInt(letter.Known.Units.Count);
            foreach (var (unit, extra, factor) in letter.Known.Units)
            {
                to.Write7BitEncodedInt(_units[unit]);
                to.Write(extra);
                to.Write(factor);
            }
        }

        private void VersionOf(ModelVersion version)
        {
            to.Write7BitEncodedInt(version.Number);
            to.Write7BitEncodedInt(version.Letters);
            to.Write7BitEncodedInt(version.Through);
            to.Write(version.Right);
            to.Write(version.ColdRight);
            to.Write(version.Passed);
            to.Write(version.Live);
        }

        private void Live()
        {
            var live = state.Live;
            to.Write7BitEncodedInt(live.Version);
            to.Write(live.Mixing.Knowledge);
            to.Write(live.Mixing.Learned);
            to.Write(live.Mixing.Nobody);
            to.Write7BitEncodedInt(live.Units.Count);
            foreach (var unit in live.Units) to.Write7BitEncodedInt(_units[unit]);
            var heldOut = live.HeldOut.ToDictionary(h => h.Key);
            to.Write7BitEncodedInt(live.Letters.Count);
            for (var i = 0; i < live.Letters.Count; i++)
            {
                to.Write7BitEncodedInt(live.Letters[i].Sequence);
                foreach (var coefficient in live.Coefficients[i].AsSpan(0, live.Units.Count)) to.Write((Half)coefficient);
                var decision = heldOut[live.Letters[i].Key];
                to.Write7BitEncodedInt(_units[decision.Proposed]);
                to.Write(decision.Probability);
                to.Write(decision.ColdRight);
            }

            to.Write7BitEncodedInt(live.Recent.Count);
            foreach (var recent in live.Recent) to.Write7BitEncodedInt(recent.Letter.Sequence);
        }
    }

    private sealed class Reader(BinaryReader from)
    {
        private string[] _units = [];
        private string[] _concerns = [];

        public LearningState Read()
        {
            _units = List(from.ReadString).Select(Id).ToArray();
            _concerns = List(from.ReadString).Select(Id).ToArray();
            var key = from.ReadBytes(LetterTraces.KeyBytes);
            if (key.Length != LetterTraces.KeyBytes) throw Contradiction();
            var next = Number();
            var forgot = from.ReadBoolean();
            var letters = List(Letter);
            var versions = List(VersionOf);
            if (versions.Count(v => v.Live) != 1 || letters.Exists(l => l.Sequence >= next)) throw Contradiction();
            var bySequence = letters.ToDictionary(l => l.Sequence);
            var live = Live(bySequence);
            foreach (var recent in List(() => Number()))
                live = live.With(bySequence.TryGetValue(recent, out var l) ? l : throw Contradiction());
            return new() { Letters = letters, Next = next, Versions = versions, Live = live, Forgot = forgot, Key = key };
        }

        private LearnedLetter Letter()
        {
            var key = new UInt128(from.ReadUInt64(), from.ReadUInt64());
            var sequence = Number();
            var unit = Entry(_units);
            var doubtful = from.ReadBoolean();
            var (places, words) = (new int[Number(LearnedLetter.MostFeatures)], Number(LearnedLetter.MostFeatures));
            if (words > places.Length) throw Contradiction();
            var before = 0;
            for (var i = 0; i < places.Length; i++)
                before = places[i] = (i == words ? 0 : before) + Number(Rarities.ConstantPlace - 1);
            if (places.Any(p => p >= Rarities.ConstantPlace)) throw Contradiction();
            var counts = from.ReadBytes(places.Length);
            if (counts.Length != places.Length) throw Contradiction();
            var traces = List(() => (from.ReadUInt64(), (TraceKind)from.ReadByte()));
            if (traces.Count > LetterTraces.Most || traces.Exists(t => !Enum.IsDefined(t.Item2))) throw Contradiction();
            var nobody = Share();
            var concerns = List(() => new ConcernShare(Entry(_concerns), Share()));
            var units = List(() => new UnitSupport(Entry(_units), Share(), Finite(from.ReadSingle(), 100)));
            return new(key, unit, places, counts, words, new(concerns, nobody, units), doubtful)
            {
                Sequence = sequence, Traces = traces,
            };
        }

        private ModelVersion VersionOf() => new(
            Number(), Number(), Number(), Finite(from.ReadDouble(), 1), Finite(from.ReadDouble(), 1),
                from.ReadBoolean(), from.ReadBoolean());

        private LearnedModel Live(Dictionary<int, LearnedLetter> letters)
        {
            var version = Number();
            var mixing = new Mixing(Finite(from.ReadDouble(), 1000), Finite(from.ReadDouble(), 1000), Finite(from.ReadDouble(), 1000));
            var units = List(() => Entry(_units));
            if (units.Count > MostUnits) throw Contradiction();
            var (kept, coefficients, heldOut) = (new List<LearnedLetter>(), new List<float[]>(), new List<HeldOutDecision>());
            for (var left = Number(); left > 0; left--)
            {
                var letter = letters.TryGetValue(Number(), out var found) ? found : throw Contradiction();
                var own = new float[units.Count];
                for (var u = 0; u < own.Length; u++) own[u] = Finite((float)from.ReadHalf(), 1000);
                kept.Add(letter);
                coefficients.Add(own);
                heldOut.Add(new(letter.Key, letter.Unit, Entry(_units), Share(), letter.Doubtful, from.ReadBoolean()));
            }

            var rarities = Rarities.Of(kept);
            return new()
            {
                Version = version, Letters = kept, Units = units, Coefficients = coefficients, Rarities = rarities, Mixing = mixing,
                HeldOut = heldOut, Weights = RidgeWeights.Restore(kept.ConvertAll(rarities.Vector), coefficients, units.Count),
            };
        }

        /// <summary>A list; its length is believed only as far as there are bytes.</summary>
        private List<T> List<T>(Func<T> entry)
        {
            var result = new List<T>();
            for (var left = Number((int)(from.BaseStream.Length - from.BaseStream.Position)); left > 0; left--) result.Add(entry());
            return result;
        }

        private int Number(int most = int.MaxValue) => from.Read7BitEncodedInt() is var number && number >= 0 && number <= most
            ? number : throw Contradiction();

        private string Entry(string[] table) => table[Number(table.Length - 1)];

        private float Share() => Finite(from.ReadSingle(), 1.0001f);

        private static string Id(string id) => id.Length <= LongestId ? id : throw Contradiction();

        private static float Finite(float number, float most) => Math.Abs(number) <= most ? number : throw Contradiction();

        private static double Finite(double number, double most) => Math.Abs(number) <= most ? number : throw Contradiction();

        private static FormatException Contradiction() => new(Texts.Now("ModelContradicts"));
    }
}
