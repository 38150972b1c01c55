using Barnahus.Platform.EventLog;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>Random walks over a few streams, each step done on the engine and on <see cref="ReferenceLog"/>: they never differ.</summary>
public abstract class ModelContract : LogContract
{
    /// <summary>A restart is rare: on a server it costs as much as twenty other steps.</summary>
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (5, from stream in Gen.Choose(0, 2)
            from count in Gen.Choose(1, 4)
            from off in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Choose(-3, 3)))
            select (Step)new AppendStep(stream, count, off)),
        (5, from nth in Gen.Choose(0, 20)
            from drop in Gen.Choose(0, 1)
            from extra in Gen.Choose(0, 1)
            select (Step)new RepeatStep(nth, drop, extra)),
        (5, from stream in Gen.Choose(0, 3)
            from start in Gen.Choose(0, 12)
            from max in Gen.Choose(1, 5)
            from backwards in Gen.Elements(true, false)
            select (Step)new ReadStep(stream, start, max, backwards)),
        (5, from after in Gen.Choose(0, 20)
            from max in Gen.Choose(1, 7)
            select (Step)new ReadAllStep(after, max)),
        (1, Gen.Constant((Step)new RestartStep())));

    private abstract record Step;

    private sealed record AppendStep(int Stream, int Count, int Off) : Step;

    /// <summary>An earlier append again: whole, without its first event, or with one more.</summary>
    private sealed record RepeatStep(int Nth, int Drop, int Extra) : Step;

    private sealed record ReadStep(int Stream, int From, int Max, bool Backwards) : Step;

    private sealed record ReadAllStep(int After, int Max) : Step;

    private sealed record RestartStep : Step;

    /// <summary>Walks, when not all are walked: a server makes each an empty log of its own.</summary>
    protected virtual int Walks => 60;

    [SkippableFact]
    public void It_behaves_as_the_reference_does()
    {
        var walks = Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => WalkAsync([.. steps]).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(All ? 2000 : Walks).WithEndSize(All ? 200 : 60), walks);
    }

    private async Task WalkAsync(Step[] steps)
    {
        await using var engine = await OpenAsync();
        var walk = new Walk(engine);
        foreach (var step in steps)
        {
            await walk.DoAsync(step);
        }

        await walk.ReadAllAsync(new(0, 1000));
    }

    private sealed class Walk(ILogUnderTest engine)
    {
        private readonly ReferenceLog reference = new();
        private readonly List<(string Stream, long Expected, EventToAppend[] Events)> done = [];
        private readonly List<LogPosition> positions = [];

        public async Task DoAsync(Step step)
        {
            switch (step)
            {
                case AppendStep append:
                    var revision = reference.Stream(Name(append.Stream)).Count - 1;
                    await AppendAsync(Name(append.Stream), Math.Max(-1, revision + append.Off), Events(append.Count));
                    break;
                case RepeatStep repeat when done.Count > 0:
                    var (stream, expected, events) = done[repeat.Nth % done.Count];
                    EventToAppend[] again = [.. events.Skip(repeat.Drop), .. Events(repeat.Extra)];
                    if (again.Length > 0 && !StandsElsewhere(stream, expected, again))
                    {
                        await AppendAsync(stream, expected, again);
                    }

                    break;
                case ReadStep read:
                    await ReadStreamAsync(read);
                    break;
                case ReadAllStep all:
                    await ReadAllAsync(all);
                    break;
                case RestartStep:
                    await engine.RestartAsync();
                    break;
            }
        }

        public async Task ReadAllAsync(ReadAllStep step)
        {
            var skipped = Math.Min(step.After, positions.Count);
            var after = skipped == 0 ? LogPosition.Start : positions[skipped - 1];
            var read = await engine.Log.ReadAllAsync(after, step.Max, None);
            read.Select(e => e.Id).ShouldBe(reference.All().Skip(skipped).Take(step.Max));
        }

        private static string Name(int stream) => $"test.stream-{stream}";

        /// <summary>The ids are in the log and the stream stands where they are now expected: undefined, so not asked.</summary>
        private bool StandsElsewhere(string stream, long expected, EventToAppend[] events) =>
            reference.Stream(stream).Count - 1 == expected && reference.All().Intersect(events.Select(e => e.Id)).Any();

        private async Task AppendAsync(string stream, long expected, EventToAppend[] events)
        {
            var before = reference.All().Count;
            var (accepted, revision) = reference.Append(stream, expected, [.. events.Select(e => e.Id)]);
            try
            {
                var appended = await engine.Log.AppendAsync(stream, expected, events, None);
                accepted.ShouldBeTrue();
                appended.Revision.ShouldBe(revision);
            }
            catch (WrongRevisionException refused)
            {
                accepted.ShouldBeFalse();
                refused.Actual.ShouldBe(revision);
            }

            if (reference.All().Count > before)
            {
                done.Add((stream, expected, events));
                var added = await engine.Log.ReadStreamAsync(stream, expected + 1, events.Length, ReadDirection.Forwards, None);
                positions.AddRange(added.Select(e => e.Position));
                (await engine.Log.HeadAsync(None)).ShouldBe(positions[^1]);
            }
        }

        private async Task ReadStreamAsync(ReadStep step)
        {
            var direction = step.Backwards ? ReadDirection.Backwards : ReadDirection.Forwards;
            var read = await engine.Log.ReadStreamAsync(Name(step.Stream), step.From, step.Max, direction, None);
            var there = reference.Stream(Name(step.Stream));
            var wanted = step.Backwards ? there.Take(step.From + 1).Reverse() : there.Skip(step.From);
            read.Select(e => e.Id).ShouldBe(wanted.Take(step.Max));
        }
    }
}
