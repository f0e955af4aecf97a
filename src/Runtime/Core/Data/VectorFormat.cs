using System;
using System.Globalization;

namespace SdCompiler;

/// <summary>Reads the lines of a file of word vectors in order: what the first one says, and which word and numbers each other has.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="wantedWidth">How many numbers its vectors should have, for messages; 0 where any number will do.</param>
internal sealed class VectorFormat(string path, int wantedWidth = 0)
{
    private const string Separators = " \t";

    private long _line;
    private long _promised = -1;
    private int _numbersStart;

    /// <summary>Numbers of a vector; 0 before the first.</summary>
    public int Width { get; private set; }

    /// <summary>Vectors so far.</summary>
    public long Vectors { get; private set; }

    /// <summary>Takes the next line.</summary>
    /// <param name="text">The line.</param>
    /// <returns>Its word; null for the heading and for empty lines.</returns>
    /// <exception cref="DataFileException">The line is no word with as many numbers as the others.</exception>
    public string? Next(string text)
    {
        _line++;
        ReadOnlySpan<char> line = text.AsSpan().TrimEnd(Separators);
        if (line.IsEmpty || (_line == 1 && IsHeading(line)))
        {
            return null;
        }

        int fields = Fields(line);
        string? problem = line[0] is ' ' or '\t' ? "does not begin with a word" : fields == 1 ? "has no numbers after the word" : null;
        if (problem is not null)
        {
            throw new DataFileException(path, _line, $"{problem}; give lines of a word and {WantedNumbers()}, separated by spaces");
        }

        Width = Width == 0 ? fields - 1 : Width;
        if (fields < Width + 1)
        {
            throw Unequal(fields - 1);
        }

        int end = NumbersStart(line);
        int start = line.IndexOfAny(Separators);
        string word = line[..end].TrimEnd(Separators).ToString();
        if (start < word.Length && Parses(FieldAt(line, start)))
        {
            throw Unequal(fields - 1); // a number too many, not a word of several parts
        }

        _numbersStart = end;
        Vectors++;
        return word;
    }

    /// <summary>The numbers of the line that was taken last.</summary>
    /// <param name="text">That line.</param>
    /// <exception cref="DataFileException">One of them is no finite number.</exception>
    public float[] Numbers(string text)
    {
        ReadOnlySpan<char> line = text;
        float[] numbers = new float[Width];
        int at = _numbersStart;
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<char> field = FieldAt(line, at);
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]))
            {
                throw new DataFileException(path, _line, $"'{Shortened(field)}' is no finite number; give lines of a word and {WantedNumbers()}, separated by spaces");
            }

            at = SkipSeparators(line, at) + field.Length;
        }

        return numbers;
    }

    /// <summary>Checks what only the end can tell.</summary>
    /// <exception cref="DataFileException">There was no vector, or another number than the heading says.</exception>
    public void Finish()
    {
        if (_promised >= 0 && _promised != Vectors)
        {
            throw new DataFileException(path, $"has {Vectors} vectors and its first line says {_promised}; the file is cut off or damaged: fetch it again");
        }

        if (Vectors == 0)
        {
            throw new DataFileException(path, $"holds no vectors; give lines of a word and {WantedNumbers()}, separated by spaces");
        }
    }

    /// <summary>What should stand behind a word: what is wanted, or else what the file has.</summary>
    private string WantedNumbers() => (wantedWidth > 0 ? wantedWidth : Width) switch
    {
        0 => "its numbers",
        1 => "1 number",
        int width => $"{width} numbers",
    };

    private DataFileException Unequal(int found) =>
        new(path, _line, $"has {found} numbers where {(_promised >= 0 ? "the first line says" : "the lines before have")} {Width}; {(wantedWidth > 0 && wantedWidth != Width ? $"give lines of a word and {WantedNumbers()}" : "correct it, or fetch the file again")}");

    private bool IsHeading(ReadOnlySpan<char> line)
    {
        int space = line.IndexOfAny(Separators);
        if (space <= 0
            || !long.TryParse(line[..space], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || !int.TryParse(line[space..].Trim(Separators), NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            || width < 1)
        {
            return false;
        }

        _promised = count;
        Width = width;
        return true;
    }

    private static int Fields(ReadOnlySpan<char> line)
    {
        int fields = 0;
        bool inside = false;
        foreach (char c in line)
        {
            bool separator = c is ' ' or '\t';
            fields += !separator && !inside ? 1 : 0;
            inside = !separator;
        }

        return fields;
    }

    /// <summary>Where the last <see cref="Width"/> fields begin.</summary>
    private int NumbersStart(ReadOnlySpan<char> line)
    {
        int at = line.Length;
        for (int i = 0; i < Width; i++)
        {
            at = line[..at].TrimEnd(Separators).LastIndexOfAny(Separators) + 1;
        }

        return at;
    }

    private static int SkipSeparators(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static ReadOnlySpan<char> FieldAt(ReadOnlySpan<char> line, int at)
    {
        ReadOnlySpan<char> rest = line[SkipSeparators(line, at)..];
        int end = rest.IndexOfAny(Separators);
        return end < 0 ? rest : rest[..end];
    }

    private static bool Parses(ReadOnlySpan<char> field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Shortened(ReadOnlySpan<char> field) => field.Length <= 20 ? field.ToString() : $"{field[..20]}...";
}
