using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Barnahus.Platform.Bus;

/// <summary>A connection to the broker beside MassTransit's, to look at queues and to move what lies in them.</summary>
internal sealed class BrokerDesk : IAsyncDisposable
{
    /// <summary>How RabbitMQ says that there is nobody behind a name.</summary>
    private const string NoProcess = "noproc";

    private readonly IConnection _connection;

    private BrokerDesk(IConnection connection) => _connection = connection;

    /// <summary>Opens it. It is not restored after a loss: open another.</summary>
    /// <exception cref="BusUnreachableException">The broker does not answer, or does not let us in.</exception>
    public static async Task<BrokerDesk> OpenAsync(BrokerAddress broker, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port,
            VirtualHost = broker.VirtualHost,
            UserName = broker.User,
            Password = broker.Password,
            AutomaticRecoveryEnabled = false,
            ClientProvidedName = "barnahus desk",
            Ssl = new SslOption(broker.Host, enabled: broker.Tls),
        };
        try
        {
            return new BrokerDesk(await factory.CreateConnectionAsync(cancellationToken));
        }
        catch (BrokerUnreachableException unreachable)
        {
            throw new BusUnreachableException(unreachable);
        }
    }

    /// <summary>Returns when the broker has answered.</summary>
    public async Task AskAsync(CancellationToken cancellationToken) =>
        await (await _connection.CreateChannelAsync(cancellationToken: cancellationToken)).DisposeAsync();

    /// <summary>How many messages of a queue are ready to be taken, and by how many; null when there is no such queue.</summary>
    public async Task<QueueState?> LookAsync(string queue, CancellationToken cancellationToken)
    {
        // Asking for a queue that is not there closes the channel: each question has its own.
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return new QueueState(found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException interrupted) when (interrupted.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the broker counts a queue that has no process behind it any more: its file on the broker's disk is damaged, or was lost, and it neither takes
    /// nor gives. It is asked for a message, which goes back to where it was.
    /// </summary>
    /// <remarks>The broker breaks off the connection over such a queue: this desk is of no use afterwards.</remarks>
    /// <exception cref="BusUnreachableException">Nothing is known: it was not answered, or refused for another reason.</exception>
    public async Task<bool> IsBrokenAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            if (await LookAsync(queue, cancellationToken) is not { Consumers: 0 })
            {
                return false;
            }

            await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
            if (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } message)
            {
                await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, cancellationToken);
            }

            return false;
        }
#pragma warning disable CA1031 // RabbitMQ.Client says several things when the broker breaks off in the middle of a question; what the broker said counts.
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return _connection.CloseReason is { Initiator: ShutdownInitiator.Peer, ReplyCode: Constants.InternalError } reason && reason.ReplyText.Contains(NoProcess, StringComparison.Ordinal)
                ? true
                : throw new BusUnreachableException(broken);
        }
    }

    /// <summary>Throws a queue away, with what lies in it.</summary>
    public async Task DeleteAsync(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
    }

    /// <summary>Moves what lies in one queue now to another; each message is confirmed there before it leaves here.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MoveAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (await LookAsync(from, cancellationToken) is not { } there)
        {
            return 0;
        }

        // What fails again while we move comes back at the end: it is not taken a second time.
        await using var channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var moved = 0;
        while (moved < there.Ready && await channel.BasicGetAsync(from, autoAck: false, cancellationToken) is { } message)
        {
            var properties = new BasicProperties(message.BasicProperties);
            foreach (var told in properties.Headers?.Keys.Where(name => name.StartsWith("MT-Fault-", StringComparison.Ordinal)).ToList() ?? [])
            {
                properties.Headers!.Remove(told);
            }

            await channel.BasicPublishAsync("", to, mandatory: true, properties, message.Body, cancellationToken);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            moved++;
        }

        return moved;
    }

    /// <summary>Throws away what lies in a queue: for tests of loss.</summary>
    public async Task EmptyAsync(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueuePurgeAsync(queue, cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

/// <param name="Ready">Messages that nobody has in hand.</param>
/// <param name="Consumers">Consumers of all processes together.</param>
internal sealed record QueueState(uint Ready, uint Consumers);
