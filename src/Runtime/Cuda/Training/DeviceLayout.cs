using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>
/// How a parameter lies on the device: a matrix in rows [input unit][padded columns], its gates interleaved by 8 units as the CPU has them, so that a warp's 32
/// columns are one aligned line of 128 bytes with all four gates of 8 units; a bias in the same columns; a table as it is. Padding is zero.
/// </summary>
internal static class DeviceLayout
{
    /// <summary>Rows: input units of a matrix, tokens of a table, 1 for a bias.</summary>
    public static int Rows(Parameter parameter) => parameter switch
    {
        MatrixParameter matrix => matrix.Rows,
        TableParameter table => table.Tokens,
        _ => 1,
    };

    /// <summary>Floats of a row, padding included.</summary>
    public static int Columns(Parameter parameter) => parameter switch
    {
        MatrixParameter matrix => matrix.PaddedColumns,
        TableParameter table => table.Width,
        VectorParameter vector => vector.PaddedColumns,
        _ => throw Unknown(parameter),
    };

    /// <summary>From PyTorch's layout; padding of <paramref name="device"/> is not written.</summary>
    public static void FromTorch(Parameter parameter, ReadOnlySpan<float> torch, Span<float> device)
    {
        switch (parameter)
        {
            case MatrixParameter matrix:
                for (int column = 0; column < matrix.Columns; column++)
                {
                    int place = matrix.Layout.Place(column);
                    for (int row = 0; row < matrix.Rows; row++)
                    {
                        device[(row * matrix.PaddedColumns) + place] = torch[(column * matrix.Rows) + row];
                    }
                }

                break;
            case VectorParameter vector:
                for (int column = 0; column < vector.Columns; column++)
                {
                    device[vector.Layout.Place(column)] = torch[column];
                }

                break;
            case TableParameter:
                torch.CopyTo(device);
                break;
            default:
                throw Unknown(parameter);
        }
    }

    /// <summary>To PyTorch's layout.</summary>
    public static void ToTorch(Parameter parameter, ReadOnlySpan<float> device, Span<float> torch)
    {
        switch (parameter)
        {
            case MatrixParameter matrix:
                for (int column = 0; column < matrix.Columns; column++)
                {
                    int place = matrix.Layout.Place(column);
                    for (int row = 0; row < matrix.Rows; row++)
                    {
                        torch[(column * matrix.Rows) + row] = device[(row * matrix.PaddedColumns) + place];
                    }
                }

                break;
            case VectorParameter vector:
                for (int column = 0; column < vector.Columns; column++)
                {
                    torch[column] = device[vector.Layout.Place(column)];
                }

                break;
            case TableParameter:
                device.CopyTo(torch);
                break;
            default:
                throw Unknown(parameter);
        }
    }

    private static ArgumentException Unknown(Parameter parameter) => new($"'{parameter.Name}' is a {parameter.GetType().Name}, which has no layout on a device.", nameof(parameter));
}
