using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>Reads the command line; by hand, because every kilobyte of this program is copied to another machine.</summary>
internal static class OptionReader
{
    private static readonly string[] precisions = ["fp32", "tf32"];

    /// <summary>How the program is called.</summary>
    public const string Usage = """
        gpucheck --verify [--model NAME,...] [--precision fp32,tf32] [--seeds N] [--seed N]
        gpucheck --bench [--model medium,large,h1150|all] [--batch 20,64,256] [--precision fp32,tf32] [--seconds S] [--csv FILE]
        gpucheck --list

          --verify      compare the trainers on the GPU with a textbook LSTM in double precision on the CPU
          --bench       measure training steps: dense, structured, structured-fixed; after --verify where both are asked for
          --list        list the devices and the models
          --model       only these models; --verify has others than --bench (--list names them)
          --batch       only these batch sizes (20,64,256)
          --precision   only these precisions of products (fp32,tf32)
          --seeds       how many seeds each case is verified with (3)
          --seed        the first of them, to repeat a run (a new one each time)
          --seconds     how long each measurement of a case may take (10)
          --csv         write the measurements to a file
          --device      the number of the GPU, from 0 (0)

        Exit codes: 0 done and passed, 1 failed, 2 the command line is wrong, 3 no GPU or no CUDA libraries.
        """;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They are wrong.</exception>
    public static CheckOptions Read(IReadOnlyList<string> arguments)
    {
        CheckOptions options = new();
        HashSet<string> given = [.. arguments];
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new UsageException($"{name} needs a value.");
            options = name switch
            {
                "--verify" => options with { Verify = true },
                "--bench" => options with { Bench = true },
                "--list" => options with { List = true },
                "--help" or "-h" => options with { Help = true },
                "--model" => options with { Models = Models(Value()) },
                "--batch" => options with { Batches = [.. Value().Split(',').Select(part => Whole(name, part, 1))] },
                "--precision" => options with { Precisions = Precisions(Value()) },
                "--seconds" => options with { Seconds = Seconds(Value()) },
                "--seed" => options with { Seed = Whole(name, Value(), 0) },
                "--seeds" => options with { Seeds = Whole(name, Value(), 1) },
                "--csv" => options with { Csv = Value() },
                "--device" => options with { Device = Whole(name, Value(), 0) },
                _ => throw new UsageException($"There is no option '{name}'."),
            };
        }

        CheckUse(given, options.Bench, "--bench", "--csv", "--seconds", "--batch");
        CheckUse(given, options.Verify, "--verify", "--seed", "--seeds");
        return options.Verify || options.Bench || options.List || options.Help ? options : throw new UsageException("Say what to do: --verify, --bench or --list.");
    }

    /// <summary>Refuses options of what is not asked for: nothing that is written goes unheeded.</summary>
    private static void CheckUse(HashSet<string> given, bool asked, string command, params string[] options)
    {
        if (!asked && Array.Find(options, given.Contains) is string unheeded)
        {
            throw new UsageException($"{unheeded} is for {command}; leave it out, or add {command}.");
        }
    }

    private static string[] Models(string text) => text == "all" ? [] : text.Split(',');

    private static string[] Precisions(string text)
    {
        string[] parts = text.Split(',');
        return Array.Find(parts, part => !precisions.Contains(part)) is string wrong ? throw new UsageException($"There is no precision '{wrong}'; use fp32, tf32 or both.") : parts;
    }

    private static int Whole(string name, string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new UsageException($"{name} is '{text}'; use a whole number from {least} up.");

    private static double Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number
            : throw new UsageException($"--seconds is '{text}'; use a number above 0.");
}
