namespace Barnahus.Safety.Views;

/// <summary>
/// Everything that is due for all children, by date: what a board and a timer ask for without walking through all files. It is brought up to date when it
/// is asked, and when the views have caught up: a replay would compute it anew for a child with every event.
/// </summary>
/// <param name="of">What holds for a child now.</param>
public sealed class Agenda(Func<Guid, (List<AgendaItem> Items, List<Pending> Pending)> of)
{
    private readonly Lock _marking = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _changed = [];
    private readonly Dictionary<Guid, (List<AgendaItem> Items, List<Pending> Pending)> _byChild = [];
    private readonly Dictionary<string, Pending> _byId = new(StringComparer.Ordinal);
    private readonly SortedSet<AgendaItem> _items = new(Comparer<AgendaItem>.Create((a, b) =>
        (a.DueAt, a.ChildId, a.ItemId).CompareTo((b.DueAt, b.ChildId, b.ItemId)) is var order and not 0 ? order : string.CompareOrdinal(a.Kind, b.Kind)));

    private readonly SortedSet<Pending> _pending = new(Comparer<Pending>.Create((a, b) =>
        a.At.CompareTo(b.At) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id)));

    /// <summary>What is due until a moment, overdue included, in order of date.</summary>
    public IReadOnlyList<AgendaItem> DueUntil(DateTimeOffset moment)
    {
        lock (_lock)
        {
            BringUpToDate();
            return [.. _items.TakeWhile(item => item.DueAt <= moment)];
        }
    }

    /// <summary>What time should have done by a moment and the log does not show yet.</summary>
    public IReadOnlyList<Pending> PendingUntil(DateTimeOffset moment)
    {
        lock (_lock)
        {
            BringUpToDate();
            return [.. _pending.TakeWhile(pending => pending.At <= moment)];
        }
    }

    /// <summary>One of them; null when it was done meanwhile.</summary>
    public Pending? Find(string id)
    {
        lock (_lock)
        {
            BringUpToDate();
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Something else holds for a child now. Whoever folds never waits for who asks.</summary>
    public void Changed(Guid childId)
    {
        lock (_marking)
        {
            _changed.Add(childId);
        }
    }

    /// <summary>Brings it up to date.</summary>
    public void Settle()
    {
        lock (_lock)
        {
            BringUpToDate();
        }
    }

    private void BringUpToDate()
    {
        Guid[] changed;
        lock (_marking)
        {
            changed = [.. _changed];
            _changed.Clear();
        }

        for (var i = 0; i < changed.Length; i++)
        {
            try
            {
                Set(changed[i], of(changed[i]));
            }
            catch
            {
                // Nothing is forgotten: whoever asks next fails on it too.
                changed[i..].ToList().ForEach(Changed);
                throw;
            }
        }
    }

    /// <summary>Puts what holds for a child now in place of what held before.</summary>
    private void Set(Guid childId, (List<AgendaItem> Items, List<Pending> Pending) now)
    {
        if (_byChild.Remove(childId, out var before))
        {
            before.Items.ForEach(item => _items.Remove(item));
            before.Pending.ForEach(Remove);
        }

        now.Items.ForEach(item => _items.Add(item));
        now.Pending.ForEach(one =>
        {
            _pending.Add(one);
            _byId[one.Id] = one;
        });
        _byChild.Add(childId, now);
    }

    private void Remove(Pending one)
    {
        _pending.Remove(one);
        _byId.Remove(one.Id);
    }
}
