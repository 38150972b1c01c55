using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Barnahus.Testing;

/// <summary>The documentation that the compiler writes beside an assembly.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    public XmlDocs(IEnumerable<Assembly> assemblies)
    {
        foreach (var file in assemblies.Select(assembly => Path.ChangeExtension(assembly.Location, ".xml")).Where(File.Exists))
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
            {
                _members.TryAdd(member.Attribute("name")!.Value, member);
            }
        }
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space { get; }

    /// <summary>Summary of a type in one line; null when it has none.</summary>
    public string? SummaryOf(Type type) => Text(Of(type)?.Element("summary"));

    /// <summary>What is said of a member of a record, by its name in JSON; null when nothing is.</summary>
    public string? MeaningOf(Type type, string name) =>
        Text(Of(type)?.Elements("param").FirstOrDefault(param => string.Equals(param.Attribute("name")?.Value, name, StringComparison.OrdinalIgnoreCase)))
        ?? Text(_members.GetValueOrDefault($"P:{NameOf(type)}.{char.ToUpperInvariant(name[0])}{name[1..]}")?.Element("summary"));

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var words = element.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.', ':')[^1] ?? see.Attribute("langword")?.Value ?? "",
            _ => "",
        });
        var line = Space.Replace(string.Concat(words), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
        return line.Length == 0 ? null : line;
    }

    private XElement? Of(Type type) => _members.GetValueOrDefault($"T:{NameOf(type)}");
}
