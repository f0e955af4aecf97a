using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Names of emitted files. They must differ also where case does not count, while C# tells Demo.Net from Demo.NET.</summary>
internal static class HintNames
{
    private const int MaxLength = 160;

    /// <summary>"Demo.Outer+Inner": namespace and nested types told apart, without the '@' of keywords.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        StringBuilder name = new(type.MetadataName);
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name.Insert(0, '+').Insert(0, outer.MetadataName);
        }

        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            name.Insert(0, '.').Insert(0, space.Name);
        }

        // File systems stop at 255 bytes; what is cut off is replaced by a hash of the whole.
        string whole = name.Replace('<', '-').Replace('>', '-').ToString(); // of a file-local class
        return whole.Length <= MaxLength ? whole : whole.Substring(whole.Length - MaxLength) + "-" + Hash(whole).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// New names for all but the first (in ordinal order) of models that differ only in case; empty in almost every project, so that
    /// adding a model changes nothing for the others. '-' cannot be part of a type's name, so a new name meets no other.
    /// </summary>
    public static EquatableArray<HintName> Resolve(ImmutableArray<string> names)
    {
        List<HintName> resolved = [];
        foreach (IGrouping<string, string> group in names.Distinct(StringComparer.Ordinal).GroupBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            int count = 1;
            foreach (string name in group.OrderBy(name => name, StringComparer.Ordinal).Skip(1))
            {
                count++;
                resolved.Add(new HintName(name, name + "-" + count.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return new EquatableArray<HintName>(resolved.OrderBy(name => name.Own, StringComparer.Ordinal));
    }

    /// <summary>The name that a model's file gets.</summary>
    public static string Find(EquatableArray<HintName> names, string own) => names.FirstOrDefault(name => name.Own == own)?.Resolved ?? own;

    // FNV-1a: string.GetHashCode differs from run to run.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
