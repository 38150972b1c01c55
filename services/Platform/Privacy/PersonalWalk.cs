using System.Collections;
using System.Globalization;

namespace Barnahus.Platform.Privacy;

/// <summary>What is done with each personal field on the walk over an event.</summary>
internal interface IPersonalVisitor
{
    /// <param name="personal">The field's value.</param>
    /// <param name="path">Where it stands, e.g. <c>facts[1].what</c>.</param>
    /// <param name="subject">Whose key: of the nearest enclosing <see cref="IAbout"/>.</param>
    /// <param name="regime">Under which regime.</param>
    void Visit(IPersonal personal, string path, SubjectId subject, Regime regime);
}

/// <summary>
/// The way through a type to its personal fields, in the order in which the serialiser writes them. Built once per type at start;
/// parts without personal fields are not visited.
/// </summary>
internal abstract class PersonalWalk
{
    public abstract void Visit(object value, string path, SubjectId subject, IPersonalVisitor visitor);

    /// <summary>A personal field itself.</summary>
    public sealed class Field(Regime regime) : PersonalWalk
    {
        public override void Visit(object value, string path, SubjectId subject, IPersonalVisitor visitor) =>
            visitor.Visit((IPersonal)value, path, subject, regime);
    }

    /// <summary>A record.</summary>
    public sealed class Members : PersonalWalk
    {
        private Member[] _members = [];

        public IReadOnlyList<Member> All => _members;

        // Not in the constructor: a record may contain itself.
        public void Complete(IEnumerable<Member> members) => _members = [.. members];

        public void Remove(Predicate<Member> unneeded) => _members = Array.FindAll(_members, member => !unneeded(member));

        public override void Visit(object value, string path, SubjectId subject, IPersonalVisitor visitor)
        {
            if (value is IAbout about)
            {
                subject = about.Subject;
            }

            foreach (var member in _members)
            {
                if (member.Get(value) is { } inner)
                {
                    member.Walk.Visit(inner, path.Length == 0 ? member.Name : $"{path}.{member.Name}", subject, visitor);
                }
            }
        }
    }

    /// <summary>One of several records, told apart by what it is.</summary>
    public sealed class Derived(IReadOnlyDictionary<Type, PersonalWalk> walks) : PersonalWalk
    {
        public IEnumerable<PersonalWalk> Walks => walks.Values;

        public override void Visit(object value, string path, SubjectId subject, IPersonalVisitor visitor)
        {
            if (walks.TryGetValue(value.GetType(), out var walk))
            {
                walk.Visit(value, path, subject, visitor);
            }
        }
    }

    /// <summary>A list: places count from 0.</summary>
    public sealed class Elements(PersonalWalk element) : PersonalWalk
    {
        public PersonalWalk Element => element;

        public override void Visit(object value, string path, SubjectId subject, IPersonalVisitor visitor)
        {
            var i = 0;
            foreach (var inner in (IEnumerable)value)
            {
                if (inner is not null)
                {
                    element.Visit(inner, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), subject, visitor);
                }

                i++;
            }
        }
    }

    internal sealed record Member(string Name, Func<object, object?> Get, PersonalWalk Walk);
}
