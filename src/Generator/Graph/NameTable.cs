using System;
using System.Collections.Generic;

namespace SdCompiler.Generator.Graph;

/// <summary>Gives out names that are unique in one emitted file: two members may differ only in what a suffix adds.</summary>
internal sealed class NameTable
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Take(string wanted)
    {
        string name = wanted;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = wanted + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }

    /// <summary>A member's name without the '@' of a keyword.</summary>
    public static string Plain(string name) => name.TrimStart('@');
}
