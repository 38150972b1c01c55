using MassTransit;

namespace Barnahus.Platform.Bus;

/// <summary>Counts what this process receives, and tells whoever asked that a message was taken.</summary>
internal sealed class ReceivedMessages : IReceiveObserver
{
    private long _count;
    private int _working;

    public long Count => Interlocked.Read(ref _count);

    public int Working => Volatile.Read(ref _working);

    public Task PreReceive(ReceiveContext context)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Increment(ref _working);
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context) => Done();

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Done();

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => context is { ResponseAddress: not null, MessageId: { } id } ? context.RespondAsync(new Taken(id)) : Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    private Task Done()
    {
        Interlocked.Decrement(ref _working);
        return Task.CompletedTask;
    }
}
