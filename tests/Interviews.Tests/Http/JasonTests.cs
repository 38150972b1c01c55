namespace Barnahus.Interviews.Tests.Http;

/// <summary>Over HTTP, with Jason's interview decided on: what most tests of the way to an interview begin with.</summary>
public abstract class JasonTests : IAsyncLifetime
{
    /// <summary>The service.</summary>
    protected InterviewHouse House { get; private set; } = null!;

    /// <summary>The child.</summary>
    protected Guid Jason { get; private set; }

    /// <summary>The interview that was decided on.</summary>
    protected Guid InterviewId { get; private set; }

    public virtual async Task InitializeAsync()
    {
        House = await InterviewHouse.OpenAsync();
        Jason = await House.ChildAsync(Steps.Jason);
        InterviewId = await House.DecidedAsync(Jason);
    }

    public async Task DisposeAsync() => await House.DisposeAsync();
}
