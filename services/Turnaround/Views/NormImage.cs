using Barnahus.Platform.Views;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Views;

/// <summary>The norms, for the names and sources beside a clock.</summary>
public sealed class NormImage : View
{
    private NormBook _book = NormBook.Initial;

    public NormImage() => On<NormPublished>(e => Volatile.Write(ref _book, NormBook.Evolve(_book, e)));

    public NormBook Book => Volatile.Read(ref _book);
}
