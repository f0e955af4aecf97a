using System;
using System.Text;

namespace SdCompiler.Generator.Emit;

/// <summary>Owns indentation and line ends: emitters hand it whole lines or raw-string blocks. Ends lines with a line feed on every machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line, or several where the text has line feeds.</summary>
    public void Line(string text = "")
    {
        foreach (string line in text.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes a line and an opening brace; disposing the result closes it.</summary>
    public IDisposable Block(string header)
    {
        Line(header);
        return Block();
    }

    /// <summary>Opens a brace; disposing the result closes it.</summary>
    public IDisposable Block()
    {
        Line("{");
        _depth++;
        return new Closing(this, "}");
    }

    /// <summary>Indents what follows until the result is disposed.</summary>
    public IDisposable Indented()
    {
        _depth++;
        return new Closing(this, null);
    }

    public override string ToString() => _text.ToString();

    private sealed class Closing : IDisposable
    {
        private readonly SourceWriter _writer;
        private readonly string? _brace;

        public Closing(SourceWriter writer, string? brace)
        {
            _writer = writer;
            _brace = brace;
        }

        public void Dispose()
        {
            _writer._depth--;
            if (_brace is not null)
            {
                _writer.Line(_brace);
            }
        }
    }
}
