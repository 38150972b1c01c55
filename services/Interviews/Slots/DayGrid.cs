using System.Numerics;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>
/// The quarters of one Dutch day as bits: bit i is a start i quarters after Dutch midnight. A day has 96 of them, 92 when summer time begins
/// and 100 when it ends; all fit in 128 bits. Every question about time becomes a range of bits, exact to the tick.
/// </summary>
internal readonly struct DayGrid
{
    private const long Quarter = TimeSpan.TicksPerMinute * 15;
    private readonly long _midnight;

    public DayGrid(DateOnly day)
    {
        Day = day;
        Midnight = DutchTime.FromDutch(day, TimeOnly.MinValue);
        _midnight = Midnight.UtcTicks;
        Count = (int)((DutchTime.FromDutch(day.AddDays(1), TimeOnly.MinValue).UtcTicks - _midnight) / Quarter);
        All = Range(0, Count);
    }

    public DateOnly Day { get; }

    /// <summary>Dutch midnight at which the day begins, UTC.</summary>
    public DateTimeOffset Midnight { get; }

    public int Count { get; }

    /// <summary>Every start of the day.</summary>
    public UInt128 All { get; }

    /// <summary>Moment of a Dutch wall-clock time on this day.</summary>
    public DateTimeOffset Wall(TimeOnly time) => Count == 96 ? Midnight.AddTicks(time.Ticks) : DutchTime.FromDutch(Day, time);

    public DateTimeOffset StartOf(int index) => Midnight.AddTicks(index * Quarter);

    /// <summary>Bit of a start; none when it is not on the grid of this day.</summary>
    public UInt128 At(DateTimeOffset start)
    {
        var (index, rest) = Math.DivRem(start.UtcTicks - _midnight, Quarter);
        return rest == 0 && index >= 0 && index < Count ? UInt128.One << (int)index : 0;
    }

    /// <summary>Starts from a moment (inclusive) to a moment (exclusive).</summary>
    public UInt128 StartsIn(DateTimeOffset from, DateTimeOffset to) =>
        Range(Ceiling(from.UtcTicks - _midnight), Ceiling(to.UtcTicks - _midnight));

    /// <summary>Starts whose visit has a moment in common with a time.</summary>
    public UInt128 Overlapping(DateTimeOffset from, DateTimeOffset to, Visit visit) => Range(
        Floor(from.UtcTicks - visit.After.Ticks - _midnight) + 1,
        Ceiling(to.UtcTicks + visit.Before.Ticks - _midnight));

    /// <summary>Starts whose visit overlaps a time or touches it at an end.</summary>
    public UInt128 Touching(DateTimeOffset from, DateTimeOffset to, Visit visit) => Range(
        Ceiling(from.UtcTicks - visit.After.Ticks - _midnight),
        Floor(to.UtcTicks + visit.Before.Ticks - _midnight) + 1);

    /// <summary>Starts whose visit lies wholly within a time.</summary>
    public UInt128 Within(DateTimeOffset from, DateTimeOffset to, Visit visit) => Range(
        Ceiling(from.UtcTicks + visit.Before.Ticks - _midnight),
        Floor(to.UtcTicks - visit.After.Ticks - _midnight) + 1);

    private static long Floor(long ticks) => Math.DivRem(ticks, Quarter) is var (quotient, rest) && rest < 0 ? quotient - 1 : quotient;

    private static long Ceiling(long ticks) => -Floor(-ticks);

    private UInt128 Range(long first, long end)
    {
        var from = (int)Math.Clamp(first, 0, Count);
        var to = (int)Math.Clamp(end, from, Count);
        return Below(to) & ~Below(from);
    }

    private static UInt128 Below(int index) => (UInt128.One << index) - 1;
}

/// <summary>How far a visit reaches around the start of the interview.</summary>
/// <param name="Before">Welcome.</param>
/// <param name="Length">The interview itself.</param>
/// <param name="Aftercare">Aftercare.</param>
internal readonly record struct Visit(TimeSpan Before, TimeSpan Length, TimeSpan Aftercare)
{
    /// <summary>From the start of the interview to the end of the visit.</summary>
    public TimeSpan After => Length + Aftercare;

    /// <summary>The visit with the way there and back.</summary>
    public Visit WithTravel(int minutes) => this with
    {
        Before = Before + TimeSpan.FromMinutes(minutes),
        Aftercare = Aftercare + TimeSpan.FromMinutes(minutes),
    };
}

/// <summary>Which rules reject which starts of a day. Waived rules reject nothing.</summary>
internal sealed class RuleBits(ulong waived)
{
    private readonly UInt128[] _bits = new UInt128[64];

    /// <summary>Rules that reject anything.</summary>
    public ulong Rules { get; private set; }

    /// <summary>Starts that any rule rejects.</summary>
    public UInt128 Any { get; private set; }

    public UInt128 this[int rule] => _bits[rule];

    public void Add(SlotRule rule, UInt128 starts)
    {
        if (starts == 0 || (waived & rule.Bit()) != 0)
        {
            return;
        }

        _bits[(int)rule] |= starts;
        Rules |= rule.Bit();
        Any |= starts;
    }

    /// <summary>Takes over what others say of some starts.</summary>
    public void Add(RuleBits other, UInt128 starts)
    {
        for (var rest = other.Rules; rest != 0; rest &= rest - 1)
        {
            var rule = BitOperations.TrailingZeroCount(rest);
            Add((SlotRule)rule, other._bits[rule] & starts);
        }
    }

    /// <summary>Rules that reject one start.</summary>
    public ulong At(UInt128 start)
    {
        var set = 0UL;
        for (var rest = Rules; rest != 0; rest &= rest - 1)
        {
            var rule = BitOperations.TrailingZeroCount(rest);
            if ((_bits[rule] & start) != 0)
            {
                set |= 1UL << rule;
            }
        }

        return set;
    }

    /// <summary>Starts at which the set of rules differs from that of the start before; always the first.</summary>
    public UInt128 Changes()
    {
        var changes = UInt128.One;
        for (var rest = Rules; rest != 0; rest &= rest - 1)
        {
            var bits = _bits[BitOperations.TrailingZeroCount(rest)];
            changes |= bits ^ (bits << 1);
        }

        return changes;
    }
}
