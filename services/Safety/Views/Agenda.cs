namespace Barnahus.Safety.Views;

/// <summary>Everything that is due for all children, by date: what a board and a timer ask for without walking through all files.</summary>
public sealed class Agenda
{
    private readonly Lock _lock = new();
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
            return [.. _items.TakeWhile(item => item.DueAt <= moment)];
        }
    }

    /// <summary>What time should have done by a moment and the log does not show yet.</summary>
    public IReadOnlyList<Pending> PendingUntil(DateTimeOffset moment)
    {
        lock (_lock)
        {
            return [.. _pending.TakeWhile(pending => pending.At <= moment)];
        }
    }

    /// <summary>One of them; null when it was done meanwhile.</summary>
    public Pending? Find(string id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Puts what holds for a child now in place of what held before.</summary>
    public void Set(Guid childId, List<AgendaItem> items, List<Pending> pending)
    {
        lock (_lock)
        {
            if (_byChild.Remove(childId, out var before))
            {
                before.Items.ForEach(item => _items.Remove(item));
                before.Pending.ForEach(Remove);
            }

            items.ForEach(item => _items.Add(item));
            pending.ForEach(one =>
            {
                _pending.Add(one);
                _byId[one.Id] = one;
            });
            _byChild.Add(childId, (items, pending));
        }
    }

    private void Remove(Pending one)
    {
        _pending.Remove(one);
        _byId.Remove(one.Id);
    }
}
