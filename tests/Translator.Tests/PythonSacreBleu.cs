using System;
using System.ComponentModel;
using System.Diagnostics;

namespace SdCompiler.Translator.Tests;

/// <summary>A Python that has sacreBLEU, where there is one.</summary>
internal static class PythonSacreBleu
{
    /// <summary>Prints a score with all its digits, for: smoothing, hypotheses, references.</summary>
    private const string Script = """
        import sys
        from sacrebleu.metrics import BLEU
        lines = lambda path: open(path, encoding='utf-8').read().split('\n')[:-1]
        score = BLEU(tokenize='none', force=True, smooth_method=sys.argv[1]).corpus_score(lines(sys.argv[2]), [lines(path) for path in sys.argv[3:]])
        print(repr(score.score), score.format(width=2).split(' = ', 1)[1])
        """;

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Why tests that need sacreBLEU cannot run, or null.</summary>
    public static string? Missing => Found.Value is null ? "no Python with sacreBLEU; its package is sacrebleu" : null;

    /// <summary>A score with all its digits, and as sacreBLEU writes it.</summary>
    /// <exception cref="InvalidOperationException">sacreBLEU failed; says how.</exception>
    public static (double Value, string Text) Score(string smoothing, string hypotheses, params string[] references)
    {
        (int code, string output, string error) = Start(Found.Value!, ["-c", Script, smoothing, hypotheses, .. references]);
        string[] parts = code == 0 ? output.Trim().Split(' ', 2) : throw new InvalidOperationException($"sacreBLEU ended with {code}:\n{error}");
        return (double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1]);
    }

    private static string? Find()
    {
        foreach (string python in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                if (Start(python, ["-c", "import sacrebleu.metrics"]).Code == 0)
                {
                    return python;
                }
            }
            catch (Win32Exception)
            {
                // No such program.
            }
        }

        return null;
    }

    private static (int Code, string Output, string Error) Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
